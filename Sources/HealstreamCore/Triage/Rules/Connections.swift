extension BuiltInRules {
  /// The connection was not made, or broke: nothing was refused for good.
  static let connections: [Rule] = [
    Rule(
      "connection_refused", .transientEndpointDown, 96, on: .textOnly,
      any: [
        "*connection refused", "*connect refused", "*econnrefused", "*wsaeconnrefused", "actively refused",
        "refused the connection", "connection was refused", "connection is refused", "refused by host",
        "refused to connect", "failed to connect to", "couldn't connect to server", "could not connect to server",
        "could not connect to the server", "could not connect to host", "could not connect to endpoint",
        "unable to connect to the remote server", "unable to connect to server", "unable to connect to endpoint",
        "10061", "*code=1004", "errno 111", "errno 61", "connection to the server failed", "*connect call failed",
        "all connection attempts failed",
        // In other languages
        "verbindung abgelehnt", "соединение отклонено", "verbindungsaufbau abgelehnt", "verbindung verweigert",
        "verbindung wurde verweigert", "verweigerte die verbindung", "zielcomputer die verbindung verweigerte",
        "connexion refusée", "expressément refusée", "conexión rechazada", "conexión denegada", "denegó expresamente",
        "rechazó la conexión", "conexão recusada", "recusou ativamente", "connessione rifiutata",
        "rifiuto persistente", "verbinding geweigerd", "połączenie odrzucone", "odmówił", "в соединении отказано",
        "отверг запрос на подключение", "подключение не установлено", "bağlantı reddedildi", "积极拒绝", "连接被拒绝", "拒绝连接",
        "連線遭拒", "拒絕連線", "接続を拒否", "接続が拒否", "によって拒否", "연결을 거부", "연결이 거부",
      ] + curl(7),
      unless: ["certificate", "timed out waiting for user"],
      "The endpoint's machine refused the connection."),
    Rule(
      "connection_reset", .transientEndpointDown, 95, on: .textOnly,
      any: [
        "*connection reset", "*econnreset", "*wsaeconnreset", "reset by peer", "*connection was reset",
        "connection has been reset", "10054", "errno 104", "errno 54", "forcibly closed", "*connection aborted",
        "*econnaborted", "*connection was aborted", "software caused connection abort", "10053", "*broken pipe",
        "*epipe$", "stream reset", "recv failure", "send failure", "*connection lost", "*code=1005",
        "network connection was lost", "restablecida por",
        // In other languages
        "verbindung wurde vom kommunikationspartner zurückgesetzt", "verbindung wurde zurückgesetzt",
        "vom server zurückgesetzt", "vom peer zurückgesetzt", "connexion a été réinitialisée",
        "restableció la conexión", "vom remotehost geschlossen", "connexion réinitialisée", "connexion ré-initialisée",
        "conexión reinicializada", "conexión restablecida", "conexión fue restablecida", "interrupción de la conexión",
        "conexão fechada", "conexão redefinida", "conexão foi redefinida", "foi forçado o cancelamento",
        "connessione interrotta", "соединение разорвано", "соединение сброшено", "强迫关闭", "连接被重置", "连接重置", "接続がリセット",
        "強制的に切断", "연결이 재설정", "강제로 끊",
      ] + curl(55, 56),
      "The connection was reset."),
    Rule(
      "connection_closed", .transientEndpointDown, 93, on: .textOnly,
      any: [
        "socket hang up", "*remote disconnected", "*server disconnected", "closed connection without",
        "connection closed", "*connection closed", "connection was closed", "connection is closed",
        "connection has been closed", "connection shutdown", "*connection shutdown", "closed the connection",
        "closed idle connection", "closed prematurely", "prematurely closed", "premature close", "*premature close",
        "closed before", "closed connection during", "close notify", "*unclean shutdown", "*ssl error syscall",
        "*ssl connect syscall", "read error", "error:aborted", "*closed channel exception", "other side closed",
        "peer closed", "*und err socket", "socket closed", "*socket is closed", "channel closed", "unexpected eof",
        "unexpected end of file", "unexpected end of stream", "*end of stream", "end of file", "*eoferror",
        "*eof exception", "eof$", "eof occurred", "early eof", "*readerror$", "client conn could not be established",
        "reason::closed", "received no bytes", "empty reply", "*empty response", "no response from",
        "*no http response exception", "failed to respond", "response ended prematurely", "*incomplete read",
        "incomplete message", "*incomplete body", "*incomplete chunked", "*chunked encoding error", "chunk length",
        "response payload is not completed", "transfer closed", "partial file", "connection terminated",
        "*connection terminated", "underlying connection", "remote host terminated the handshake",
        "terminated the handshake", "ssl syscall", "*zero return", "handshake was not completed",
        "connection to the remote", "disconnected before", "client network socket disconnected",
        "transport connection", "lost connection", "*network changed", "*sslzeroreturn", "server closed",
        // In other languages
        "verbindung getrennt", "connexion interrompue", "connexion a été fermée", "conexão encerrada",
        "conexão foi encerrada", "verbinding verbroken", "abgebrochen", "connexion fermée", "conexión cerrada",
        "连接已关闭", "连接被关闭", "接続が閉じ", "切断されました", "연결이 끊",
      ] + curl(18, 52, 80, 96),
      "The connection was closed before the answer was complete."),
    Rule(
      "http2_closed", .transientEndpointDown, 90, on: .textOnly,
      any: [
        "goaway", "go away", "*graceful shutdown", "*refused stream", "rst stream", "stream error", "stream reset",
        "stream closed", "stream was closed", "stream not closed cleanly", "*http2 internal error",
        "*http2 stream cancel",
      ] + curl(16, 92),
      "The endpoint ended the HTTP/2 stream or connection without blaming the request."),
    Rule(
      "unroutable", .transientEndpointDown, 90, on: .textOnly,
      any: [
        "no route to host", "unreachable", "*err connection failed", "*ehostunreach", "*enetunreach", "*ehostdown",
        "*enetdown", "network is unreachable", "network unreachable", "host is unreachable", "host unreachable",
        "unreachable host", "unreachable network", "*address unreachable", "host is down", "network is down",
        "network down", "*internet disconnected", "not connected to the internet", "*code=1009", "10065", "10051",
        "errno 113", "errno 101", "errno 65", "errno 51", "*no route to host", "*host unreachable",
        "destination unreachable", "destination host unreachable", "*proxy connection failed",
        // In other languages
        "keine route zum zielrechner", "netzwerk ist nicht erreichbar", "netzwerk nicht erreichbar", "kein weg zum",
        "nicht erreichbar", "aucun chemin d'accès pour", "le réseau n'est pas accessible", "réseau inaccessible",
        "no existe ninguna ruta", "la red es inaccesible", "red inalcanzable", "não há rota", "rede inacessível",
        "rede está fora", "não é alcançável", "сеть недоступна", "нет маршрута", "网络不可达", "没有到主机的路由", "到达主机的路由",
        "無法連上網路", "ネットワークに到達", "ホストへのルート", "네트워크에 접속", "호스트로 갈 루트",
      ],
      "No way led to the endpoint's network."),
  ]
}
