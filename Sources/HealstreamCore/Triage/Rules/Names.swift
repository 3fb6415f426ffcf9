extension BuiltInRules {
  /// Names that do not exist, and failures of which the client does not tell whether they pass.
  static let names: [Rule] = [
    Rule(
      "dns_no_such_name", .permanent4xx, Grounds.exactWords,
      any: [
        "*nxdomain", "no such host", "enotfound", "*ares enotfound", "name or service not known", "*eai noname",
        "nodename nor servname",
        "*hostname nor servname", "*name not resolved", "no such host is known", "*host not found",
        "*nsurlerrordomain error 1003", "*cfnetwork error 1003", "*nsurlerrordomain:1003",
        "*nsurlerrordomain code 1003",
        "nsurlerror cannot find host",
        "domain name not found", "domain not found", "non-existing domain", "no such domain", "no such name",
        "name does not exist", "no address associated", "*eai nodata", "no data of the requested type", "enodata",
        "*ares enodata",
        "answer with no data", "no dns record", "no records found", "no record found", "no address found",
        "no addresses found", "hostname could not be found", "specified hostname", "cannot find host",
        "*cannot find host", "unable to resolve the origin", "able to resolve the origin", "*code=1003", "*error 1003",
        "error code:1016", "error 1016", "non recoverable failure in name", "*eai fail$", "no a record",
        "name has no usable address", "does not contain an answer", "rr of the requested type", "hostname unknown",
        "niehost unknown", "host unknown", "(11001)", "error 11001", "error#11001", "host does not exist",
        "hostname does not exist", "*host not known", "non existent domain",
        // In other languages
        "kein solcher host", "cet hôte est inconnu", "no se conoce este host", "no existe el host",
        "hostitel není znám",
        "hostitel nebyl nalezen", "okänd värd", "värden är okänd", "namn eller tjänst", "navn eller tjeneste",
        "nimi tai palvelu", "název nebo služba", "név vagy szolgáltatás", "невідома назва", "nama atau layanan",
        "ukendt vært", "ukjent vert", "gazdagép ismeretlen", "tuntematon isäntä", "nie ma takiego hosta",
        "nieznany jest taki host", "хост неизвестен", "无法识别的主机", "主机未找到", "未找到主机", "ホストは不明",
        "der name oder dienst ist nicht bekannt", "name oder der dienst ist nicht bekannt", "host nicht gefunden",
        "unbekannter host", "rechnername unbekannt", "hôte non trouvé", "servidor desconocido", "nombre de host",
        "host não encontrado", "host non trovato", "naam of dienst", "onbekende host", "host is onbekend",
        "nieznana nazwa", "nieznany host", "неизвестное имя", "не найден хост", "хост не найден", "узел не найден",
        "hizmet bilinmiyor", "servis bilinmiyor", "böyle bir ana bilgisayar", "bilinmeyen ana", "主机名不存在", "域名不存在",
        "找不到域名", "未知主机", "未知的主机", "ホスト名が見つ", "ドメインが見つ", "不明なホスト", "호스트를 찾을 수", "name oder dienst nicht bekannt",
        "host unbekannt",
        "der angegebene host ist unbekannt", "nom ou service inconnu", "hôte inconnu", "hôte introuvable",
        "nombre o servicio desconocido", "host desconocido", "este host no es conocido",
        "nome ou serviço desconhecido", "este host não é conhecido", "host sconosciuto", "nome o servizio sconosciuto",
        "不知道这样的主机", "未知的名称或服务", "名称或服务未知", "找不到主机", "無法識別這台主機", "そのようなホストは不明", "名前またはサービスが不明", "ホストが見つかりません",
        "알려진 호스트가 없습니다", "알려지지 않은 호스트", "이름 혹은 서비스를 알 수 없습니다", "имя или служба не известны", "этот хост неизвестен",
        "неизвестный хост",
      ], unless: dnsPasses + ["module not found"],
      "The endpoint's name does not exist or has no address."),
    Rule(
      "dns_unresolved", .permanent4xx, Grounds.generalWords,
      any: [
        "*unknown host", "could not resolve", "unable to determine ip address", "bad host name", "couldn't resolve",
        "cannot resolve", "can't resolve", "unable to resolve", "failed to resolve", "could not be resolved",
        "failed to lookup address", "dns lookup failed", "dns lookup error", "dns resolution failed",
        "dns resolution failure", "dns resolution error", "dns error", "dns failure", "*name resolution fail",
        "name resolution error", "*name resolution error", "hostname resolution", "getaddrinfo failed",
        "getaddrinfo for", "php network getaddresses", "error resolving", "*dns lookup failed", "*gaierror",
        "*nsurlerrordomain error 1006", "*cfnetwork error 1006", "*nsurlerrordomain:1006",
        "*nsurlerrordomain code 1006", "nsurlerror dns lookup",
        "kind:name resolution", "bad address", "*couldnt resolve", "no dns entry", "could not find host",
        "unresolvable", "gethostbyname", "cname loop", "*host lookup", "unresolved address", "*unresolved address",
        "could not be looked up",
        "dns problem", "dns issue",
        "does not resolve", "*clientconnectordnserror",
        // In other languages
        "host konnte nicht aufgelöst", "remotename konnte nicht", "namensauflösung", "nom distant", "résolution du nom",
        "résolution dns", "résoudre le nom", "résoudre l'hôte", "resolver el nombre", "resolver el host",
        "resolución de nombre", "nome remoto", "risolvere", "resolver o host", "resolução de nome",
        "kan niet worden omgezet", "kon niet worden gevonden", "nie można rozpoznać", "rozwiązać nazwy",
        "удаленное имя", "разрешить имя", "разрешения имен", "ad çözümlenemedi", "çözümlenemedi", "未能解析", "解析失败",
        "解析不了", "域名解析", "リモート名を解決", "名前の解決", "이름을 확인할 수 없", "이름 확인", "konnte nicht aufgelöst werden",
        "impossible de résoudre",
        "no se pudo resolver", "no se puede resolver", "não foi possível resolver", "无法解析", "無法解析", "名前解決",
        "名前を解決できません",
      ] + curl(5, 6) + curlNames("couldnt resolve host", "couldnt resolve proxy"),
      unless: dnsPasses + ["*timed out", "i/o timeout", "deadline exceeded"],
      "The endpoint's name was not resolved, and the client does not tell whether that passes."),
  ]

  /// Resolver failures that pass; a name that follows their words may well exist.
  static let passingNames: [Rule] = [
    Rule(
      "dns_temporary", .transientEndpointDown, Grounds.exactWords, on: .textOnly, any: dnsPasses,
      "The resolver failed for the moment.")
  ]

  private static let dnsPasses = [
    "*eai again", "temporary failure in name", "temporary failure resolving", "temporary name resolution", "*servfail",
    "dns server returned:server failure", "dns server failure", "dns:server failure", "dns timeout", "dns timed out",
    "dns lookup timed out", "dns lookup timeout", "dns query timed out", "dns request timed out",
    "dns resolution timed out", "dns resolution timeout", "dns resolve timeout", "*dns operation timed out",
    "dns name resolution timeout", "resolving timed out", "resolving timeout", "resolver timeout",
    "resolver timed out", "resolution timed out", "resolve timeout", "name lookup timed out",
    "name resolution timed out", "name lookup timeout", "server misbehaving", "*wsatry again",
    "temporary error during hostname", "non-authoritative", "etimeout$", "*ares etimeout", "dns general failure",
    "returned general failure", "could not contact dns", "contacting dns servers", "*dns timed out", "temporary dns",
    "resolved(2:server failure", "resolved(110:",
    "*dns nametimeout", "*dns name resolver timeout", "no name servers", "no nameservers", "all nameservers failed",
    "queryrefused", "erefused", "*ares erefused", "refused from resolver", "refused by resolver",
    "getaddrinfo() thread failed", "device or resource busy", "resolution lifetime", "*lifetime timeout",
    "address information:try again",
    "name resolution:try again", "lookup:try again",
    // In other languages
    "temporärer fehler bei der namensauflösung", "tijdelijke fout in naam", "tymczasowy błąd", "geçici başarısızlık",
    "geçici bir hata", "일시적으로 알아낼", "解析暂时", "暫時無法解析", "временная ошибка", "temporärer fehler in der namensauflösung",
    "échec temporaire dans la résolution", "fallo temporal en la resolución", "falha temporária na resolução",
    "errore temporaneo nella risoluzione", "域名解析暂时失败", "名称解析暂时失败", "名前解決に一時的に失敗", "временный сбой в разрешении",
  ]
}
