extension BuiltInRules {
  /// The receiver is there no longer, was switched off, or was never set up.
  static let gone: [Rule] = [
    Rule(
      "receiver_gone", .permanent4xx, Grounds.generalWords,
      any: receivers.flatMap { receiver in endings.map { "\(receiver) \($0)" } } + [
        "account suspended", "*has been suspended", "is suspended", "suspended", "endpoint disabled",
        "webhook disabled", "subscription disabled", "disabled by", "temporarily disabled", "*deployment paused",
        "*deployment disabled", "was suspended", "site suspended", "*suspended page", "*has been disabled",
        "is disabled", "was disabled", "are disabled", "*has been deactivated", "is deactivated", "is inactive",
        "*team disabled", "*has been deleted", "was deleted", "has been removed", "was removed", "been archived",
        "*is archived", "no longer exists", "no longer available", "no longer active", "no longer supported",
        "no longer valid", "account has been closed", "organization has been closed", "channel has been closed",
        "shop has been closed", "store has been closed", "workspace has been closed", "domain parked",
        "domain is for sale", "buy this domain", "parked domain", "domain name is for sale", "account closed",
        "*project paused", "was paused", "been paused", "site paused", "service paused", "paused by", "suspend by user",
        "is stopped", "has been stopped", "was stopped", "is turned off", "was turned off", "switched off",
        "taken offline", "is closed permanently", "permanently closed", "*is paused",
        "has been discontinued", "sunset", "decommissioned", "*unknown domain", "unknown site", "unknown host name",
        "unknown virtual host", "domain is not configured", "domain not configured", "not configured", "is parked",
        "domain has expired", "no such app", "no such bucket", "*no such bucket", "no service$", "no team$",
        "*action prohibited", "unknown webhook", "unknown channel", "unknown endpoint", "unknown account",
        "no active hooks", "*deployment not found", "*not found$", "*not found ex", "*not found err",
        "*not found fault", "no route matched", "no matching route", "no such",
        "does not exist", "doesn't exist", "do not exist", "not exist", "cannot post/", "cannot get/", "gone$",
        "unknown application", "unpublished", "not connected to any", "not connected to a site", "frozen",
        "eingefroren", "compte gelé",
        "congelad", "congelat", "заморожен", "冻结", "凍結", "동결", "unknown integration", "unknown tenant",
        "unknown customer",
        "unknown workspace",
        "unknown organization", "unknown organisation", "unknown project", "unknown database$", "unknown recipient",
        "unknown merchant", "unknown shop", "unknown store", "unknown app$", "unknown route", "unknown path",
        "unknown method", "unknown operation", "unknown action", "unknown command", "unknown topic", "unknown queue",
        "unknown user", "unknown key", "invalid webhook", "invalid integration", "no tenant", "no account",
        "website expired", "site expired", "account has expired", "domain expired",
        // In other languages
        "nicht gefunden", "abgeschaltet", "stillgelegt", "gelöscht", "supprimé", "suspendu", "suspendid", "eliminad",
        "dado de baja", "suspens", "removid", "excluíd", "sospeso", "rimosso", "eliminato", "verwijderd",
        "uitgeschakeld", "opgeschort", "usunięt", "wyłączon", "zawieszon", "удален", "удалён", "заблокирован",
        "приостановлен", "отключён", "silindi", "devre dışı", "askıya alındı", "停用", "已关闭", "已下线", "不再", "禁用", "下架",
        "刪除", "削除され", "無効化", "삭제", "비활성", "정지", "existiert nicht", "deaktiviert", "gesperrt", "introuvable",
        "n'existe pas", "désactivé",
        "no encontrad", "no se encontró", "não foi encontrad", "non è stato trovat", "no existe", "desactivad",
        "não encontrad", "não existe", "desativad", "non trovat",
        "disabilitat", "не найден", "не существует", "отключен", "nie znaleziono", "niet gevonden", "bulunamadı",
        "不存在", "未找到", "找不到", "已停用", "已禁用", "已删除", "見つかりません", "存在しません", "停止されて", "찾을 수 없", "존재하지",
      ] + curl(78),
      unless: [
        "resumes", "will resume", "paused for maintenance", "paused for backup", "paused for a", "non-authoritative",
        "datenbank", "tabelle", "unknown database error", "*not ready", "*file not found err",
        "*file not found ex", "no such file", "column",
        "relation", "gone away",
        "javascript is disabled",
        "javascript disabled", "cookies are disabled",
        "does not exist(connection", "does not exist(no route", "not found:limit=0",
        "base table", "while trying to use an error document", "class not found", "*class not found exception",
        "module not found", "template not found",
      ],
      "The receiver does not exist, was removed, or is switched off.")
  ]

  private static let receivers = [
    "connector", "destination", "endpoint", "integration", "listener", "receiver", "recipient", "target", "tenant",
    "webhook", "workspace",
  ]

  private static let endings = ["archived", "deactivated", "deleted", "removed", "retired", "revoked"]
}
