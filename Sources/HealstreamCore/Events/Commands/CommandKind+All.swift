extension CommandKind {
  /// Every command there is, by subject.
  package static let all = incidents + approvals + replays + conduct + switches

  private static let incidents = [
    CommandKind(
      "acknowledge", .operator, "Says that somebody looks after an incident; no heal is begun for it any more.",
      [.incidentID, .knownIssue.optional], example: "--incident-id 6a1f --known-issue true"
    ) { (args) throws(Rejection) in
      .acknowledge(incidentID: try args.text(.incidentID), isKnownIssue: try args.flagOrFalse(.knownIssue))
    },
    CommandKind(
      "resolve", .operator, "Ends an incident, and what was done for it.", [.incidentID], example: "--incident-id 6a1f"
    ) { (args) throws(Rejection) in .resolve(incidentID: try args.text(.incidentID)) },
  ]

  private static let approvals = [
    CommandKind(
      "approve", .operator, "Lets a proposed heal be carried out, if no other guardrail refuses it now.",
      [.actionID, .planHash], example: "--action-id 9c2e --plan-hash 51d0"
    ) { (args) throws(Rejection) in
      .approve(actionID: try args.text(.actionID), planHash: try args.text(.planHash))
    },
    CommandKind(
      "reject", .operator, "Takes a proposed heal back.", [.actionID, .planHash],
      example: "--action-id 9c2e --plan-hash 51d0"
    ) { (args) throws(Rejection) in
      .reject(actionID: try args.text(.actionID), planHash: try args.text(.planHash))
    },
  ]

  private static let replays = [
    CommandKind(
      "replay", .operator, "Sends failed deliveries again, one first, as far as the guardrails allow.",
      [.deliveryIDs, .tenantID.optional], example: "--tenant-id tenant-acme --delivery-ids dlv-1 --delivery-ids dlv-2"
    ) { (args) throws(Rejection) in
      .replay(tenantID: try args.textIfAny(.tenantID), deliveryIDs: try args.texts(.deliveryIDs))
    },
    CommandKind(
      "replay-recommended", .operator, "Sends again what of a tenant's failed deliveries a retry is likely to mend.",
      [.tenantID], example: "--tenant-id tenant-acme"
    ) { (args) throws(Rejection) in .replayRecommended(tenantID: try args.text(.tenantID)) },
  ]

  private static let conduct = [
    CommandKind(
      "run-cycle", .operator, "Decides upon every open incident now.", [.dryRun.optional], example: "--dry-run true"
    ) { (args) throws(Rejection) in .runCycle(isDryRun: try args.flagOrFalse(.dryRun)) },
    CommandKind(
      "clear-cooldown", .operator, "Lets the next heal of an endpoint, or of a tenant as a whole, come at once.",
      [.tenantID, .endpoint.optional], example: "--tenant-id tenant-acme --endpoint https://api.acme.example/hook"
    ) { (args) throws(Rejection) in .clearCooldown(try args.subject(.tenantID, .endpoint)) },
    CommandKind(
      "set-maintenance", .operator, "Lets nothing be done to a tenant or an endpoint for a while.",
      [.tenantPattern, .endpointPattern.optional, .until],
      example: "--tenant-id tenant-acme --endpoint 'https://api.acme.example/*' --until 2026-11-21T18:00:00Z"
    ) { (args) throws(Rejection) in
      .setMaintenance(try args.subject(.tenantPattern, .endpointPattern), until: try args.timestamp(.until))
    },
    CommandKind(
      "end-maintenance", .operator, "Ends what set-maintenance set for the same tenant and endpoint.",
      [.tenantPattern, .endpointPattern.optional], example: "--tenant-id tenant-acme"
    ) { (args) throws(Rejection) in .endMaintenance(try args.subject(.tenantPattern, .endpointPattern)) },
    CommandKind(
      "silence", .operator, "Keeps notices about a tenant or an endpoint quiet for a while.",
      [.tenantID, .endpoint.optional, .minutes, .reason],
      example: "--tenant-id tenant-acme --minutes 30 --reason 'they are moving house'"
    ) { (args) throws(Rejection) in
      .silence(
        try args.subject(.tenantID, .endpoint), minutes: try args.integer(.minutes), reason: try args.text(.reason))
    },
    CommandKind(
      "unsilence", .operator, "Ends what silence began for the same tenant and endpoint.",
      [.tenantID, .endpoint.optional], example: "--tenant-id tenant-acme"
    ) { (args) throws(Rejection) in .unsilence(try args.subject(.tenantID, .endpoint)) },
  ]

  private static let switches = [
    CommandKind(
      "set-autoheal", .admin, "The kill switch: switches healing off or on.", [.enabled], example: "--enabled false"
    ) { (args) throws(Rejection) in .setAutoheal(isEnabled: try args.flag(.enabled)) },
    CommandKind(
      "set-dry-run", .admin, "Decides and says everything, but acts on nothing, or acts again.", [.enabled],
      example: "--enabled true"
    ) { (args) throws(Rejection) in .setDryRun(isEnabled: try args.flag(.enabled)) },
    CommandKind(
      "set-enforcement", .admin, "Sets which share of the incidents healing may touch.", [.percent],
      example: "--percent 25"
    ) { (args) throws(Rejection) in .setEnforcement(percent: try args.integer(.percent)) },
    CommandKind(
      "set-tenant-policy", .admin, "Sets what healing may do for one tenant, over what the configuration says.",
      [.tenantID, .policy], example: "--tenant-id tenant-premium --policy '{\"max_replays\": 50}'"
    ) { (args) throws(Rejection) in
      .setTenantPolicy(tenantID: try args.text(.tenantID), try args.policyIfAny(.policy))
    },
  ]
}
