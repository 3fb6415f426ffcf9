extension BuiltInRules {
  /// Certificates and versions of TLS that somebody must mend. A handshake that was merely dropped is under
  /// `connections`.
  static let tls: [Rule] = [
    Rule(
      "tls_certificate_expired", .permanent4xx, Grounds.defined,
      any: [
        "certificate has expired", "certificate expired", "certificate is expired", "certificate was expired",
        "*cert has expired", "cert expired", "*cert e expired", "*sec error expired", "expired ssl",
        "ssl certificate expired", "expired tls", "certificate is out of date", "certificate outdated",
        "certificate validity", "*certificate expired", "expired certificate", "*not yet valid",
        "certificate not valid yet", "*not time valid", "*cert date invalid", "validity check failed", "not after:",
        "notvalid before", "*expired(cert", "*certexpired", "*cert not yet valid",
        // In other languages
        "certificado ha expirado", "certificat est expiré", "certificato scaduto", "certificato è scaduto",
        "certificaat is verlopen", "certyfikat wygasł", "憑證已過期", "zertifikat ist abgelaufen", "zertifikat abgelaufen",
        "certificat a expiré", "certificat expiré", "certificado ha caducado", "certificado expir", "证书已过期", "证书过期",
        "証明書の有効期限", "証明書が期限切れ", "인증서가 만료", "сертификат истек", "сертификата истек",
      ],
      "The endpoint's certificate has expired or is not valid yet."),
    Rule(
      "tls_wrong_name", .permanent4xx, Grounds.defined,
      any: [
        "hostname mismatch", "in certificate didn't match", "in certificate does not match",
        "did not match expected cn", "*bad cert domain", "*host name mismatch", "*cn no match", "*wrong principal",
        "target principal name", "certificate does not match", "certificate doesn't match", "certificate hostname",
        "certificate host name", "common name mismatch", "name mismatch", "certificate is not for",
        "certificate for the wrong", "issued for a different", "certificate was issued for", "not match the host",
        "not match the hostname", "not match hostname", "not match the domain", "host name mismatch",
        "hostname doesn't match", "hostname does not match",
        "doesn't match either of", "does not match certificate", "doesn't match certificate",
        "does not match the server certificate", "does not match the certificate", "not in the cert's altnames",
        "*altname invalid", "*not valid for name", "certificate is valid for", "certificate is not valid for",
        "certificate not valid for", "certificate name mismatch", "*certificate name mismatch",
        "*cert common name invalid", "no alternative certificate subject", "no subject alternative",
        "certificate subject name", "subject name does not match", "does not match target host",
        "hostname verification", "host name verification", "ip address mismatch", "cannot validate certificate for",
        "not verified:",
      ],
      "The endpoint's certificate is made out to another name."),
    Rule(
      "tls_certificate_revoked", .permanent4xx, Grounds.defined,
      any: [
        "certificate revoked", "certificate has been revoked", "certificate is revoked", "*cert revoked", "*revoked:",
      ],
      "The endpoint's certificate has been revoked."),
    Rule(
      "tls_client_certificate", .permanent4xx, Grounds.exactWords,
      any: [
        "certificate required", "*nsurlerrordomain error 1205", "*cfnetwork error 1205", "*nsurlerrordomain:1205",
        "*nsurlerrordomain code 1205", "*nsurlerrordomain error 1206", "*cfnetwork error 1206",
        "*nsurlerrordomain:1206", "*nsurlerrordomain code 1206", "client certificate", "no required ssl certificate",
        "bad certificate", "*code=1205",
        "*error 1205", "*code=1206", "*error 1206", "problem with the local ssl certificate", "curl:(58)",
      ],
      "The endpoint asks for a client certificate, or refuses the one that it got."),
    Rule(
      "tls_untrusted", .permanent4xx, Grounds.exactWords,
      any: [
        "unknown authority", "*self signed cert", "self signed", "*unable to get local issuer",
        "*unable to get issuer", "unable to verify the first", "*unable to verify leaf", "pkix path",
        "unable to find valid certification", "trust anchor", "*unknown issuer", "*certificate verify failed",
        "certificate verification", "certificate validation", "*cert path validator", "certificate is not trusted",
        "certificate not trusted", "not trusted by", "*untrusted root", "*cert authority invalid", "*partial chain",
        "*unknown ca$", "*certificate unknown", "certificate is invalid", "certificate was rejected",
        "*invalid certificate", "invalid peer certificate", "could not establish trust", "trust failure",
        "peer certificate cannot be authenticated", "ssl certificate problem", "ssl peer certificate",
        "server certificate", "peer certificate", "remote certificate chain", "certificate chain",
        "certificate signed by", "x509:", "*peer unverified", "*peer not authenticated", "no peer certificate",
        "*cert untrusted", "*ssl cert verification", "*connector certificate error", "*cert invalid", "*err cert",
        "*serverTrust", "certificate pinning", "*nsurlerrordomain error 1201", "*cfnetwork error 1201",
        "*nsurlerrordomain:1201", "*nsurlerrordomain code 1201", "*nsurlerrordomain error 1202",
        "*cfnetwork error 1202", "*nsurlerrordomain:1202", "*nsurlerrordomain code 1202",
        "*nsurlerrordomain error 1203", "*cfnetwork error 1203", "*nsurlerrordomain:1203",
        "*nsurlerrordomain code 1203", "*nsurlerrordomain error 1204", "*cfnetwork error 1204",
        "*nsurlerrordomain:1204", "*nsurlerrordomain code 1204", "nsurlerror server certificate", "certificat$",
        "certificats$", "sertifika", "sertifikası", "zertifikat",
        "certificado",
        "certificato", "certificaat", "certyfikat", "сертификат", "证书", "憑證", "証明書", "인증서", "*sec error unknown",
        "*sec error untrusted", "*sec error ca",
        "*sec error bad", "*ssl cacert", "*peer failed verification", "*no trusted certificate",
        "security error occurred", "*winhttp secure failure", "*xcert chain invalid", "*cert e untrusted",
        "*cert e chaining", "*cert authority", "*untrusted issuer", "not issued by a trusted",
        "certificate is not approved", "*bad certificate", "certificate could not be verified",
        "could not verify certificate", "cannot verify certificate", "certificate cannot be verified",
        "certificate not verified", "certificate error", "*certificate error", "invalid ssl certificate",
        "ssl certificate is", "*certificate path", "pinned public key", "*pinning fail", "*code=1201", "*code=1202",
        "*code=1203", "*code=1204", "*error 1202", "certificate invalid", "doesn't match against",
        // In other languages
        "kein vertrauenswürdiges zertifikat", "zertifikat ist ungültig", "zertifikat ist nicht vertrauenswürdig",
        "certificat non approuvé", "certificat distant", "certificado no es", "certificado remoto",
        "certificado inválido", "certificado não é", "证书不受信任", "证书无效", "証明書が無効", "信頼できない証明書",
      ] + curl(60, 51, 77, 82, 83, 90, 91) + curlNames("ssl cacert", "peer failed verification", "ssl certproblem"),
      "The endpoint's certificate is not trusted."),
    Rule(
      "tls_plain_text", .permanent4xx, Grounds.exactWords,
      any: [
        "*wrong version number", "first record does not look like", "server gave http response to https",
        "plain http request was sent to https", "http request was sent to https", "http request to an https",
        "not an ssl/tls record", "*not ssl record", "plaintext connection", "plain text connection",
        "unrecognized ssl message", "*invalid content type", "*corrupt message", "*rx record too long",
        "*record too long", "*bad record mac", "*bad record type", "corrupted frame",
        "determine the frame size", "packet length too long", "*record overflow", "ssl routines::http request",
        "speaks plain http", "sending https request to http", "*unknown protocol", "tls record",
        "client sent an http request to an https",
      ],
      "One side speaks TLS and the other does not: the port or the scheme is wrong."),
    Rule(
      "tls_version_or_cipher", .permanent4xx, Grounds.exactWords,
      any: [
        "tls:handshake failure", "*alert handshake failure", "alert:handshake failure", "alert(handshake failure",
        "*protocol version", "*unsupported protocol version", "*tlsv1 alert", "*sslv3 alert", "no protocols available",
        "no appropriate protocol", "*no cipher", "no shared cipher", "no ciphers available", "cipher mismatch",
        "*ssl protocol error", "*version or cipher mismatch", "secure channel", "failed:handshake failed", "*no cypher",
        "*cypher overlap", "*ssl handshake failed error", "sec e illegal message", "sec e algorithm mismatch",
        "sec e invalid token", "requestversionexact", "*cipher overlap", "hostname check failed",
        "*unsupported version", "tls version", "ssl version", "*inappropriate protocol", "sec e unsupported",
        "cipher suite", "insufficient security",
        "inappropriate fallback", "*unrecognized name", "*unrecognised name", "tls:internal error",
        "*dh key too small", "*key too small", "*md too weak", "*key too weak", "legacy renegotiation",
        "*legacy sigalg", "illegal parameter", "tls:unexpected message", "tls:unsupported", "tls:access denied",
        "no application protocol", "*unsupported certificate", "couldn't use specified cipher",
        "client and server cannot communicate", "do not possess a common algorithm", "received fatal alert",
        "fatal alert", "*peer incompatible", "*ssl version",
      ] + curl(53, 54, 59, 66),
      "Client and endpoint find no version or cipher of TLS that both accept."),
  ]

  /// The ways in which curl's exit codes are written.
  static func curl(_ codes: Int...) -> [String] {
    codes.flatMap { code in
      [
        "curl:(\(code))", "curl:\(code)", "curl(\(code)", "curl rc=\(code)", "curl rc \(code)", "curl code \(code)",
        "curle(\(code)", "curl exit \(code)",
      ]
        + [
          "error", "errno", "returned", "exit code", "exited with", "exited with code", "failed with",
          "failed with code",
        ]
        .flatMap { ["*curl \($0) \(code)"] }
        + [
          "error:", "error(", "error code ", "error code:", "errno=", "errno:", "errno(", "failed with exit code ",
          "return code ",
        ]
        .map { "*curl \($0)\(code)" }
    }
  }

  /// The ways in which libcurl's names of these codes are written, less their prefix.
  static func curlNames(_ names: String...) -> [String] {
    names.flatMap { name in
      ["*curle \(name)", "return code \(name)", "return code:\(name)", "return code=\(name)", "return code=>:\(name)"]
    }
  }
}
