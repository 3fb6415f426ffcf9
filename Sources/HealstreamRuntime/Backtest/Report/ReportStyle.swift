/// How the report looks: light and dark, on a wide screen, on a phone, on paper.
enum ReportStyle {
  static let sheet = colors + page + tables + charts + narrow + paper

  /// Each text has a contrast of 4.5 : 1 or more against what it stands upon (WCAG 2.2, 1.4.3); the tests compute it.
  private static let colors = """
    :root{--ink:#1a1f26;--muted:#55606d;--line:#d9dee5;--paper:#fff;--panel:#f5f7f9;--accent:#2f5597;
    --transient:#1a7f37;--permanent:#b42318;--limited:#c58b00;--unknown:#7a8490;--traffic:#9db4d3;
    --transient-ink:#116329;--permanent-ink:#a01f15;--limited-ink:#7a5200;--unknown-ink:#4b5560;
    --transient-paper:#e3f4e7;--permanent-paper:#fdeae8;--limited-paper:#fdf3d6;--unknown-paper:#eceff2}
    @media (prefers-color-scheme:dark){:root{--ink:#e4e8ed;--muted:#9ca8b5;--line:#2c343d;--paper:#0f1419;--panel:#171d24;--accent:#8fb4ee;
    --transient:#3fb950;--permanent:#f0655a;--limited:#e0ac2b;--unknown:#828d99;--traffic:#46618a;
    --transient-ink:#7ee08c;--permanent-ink:#ffa198;--limited-ink:#f0cd6a;--unknown-ink:#b6c0ca;
    --transient-paper:#12301a;--permanent-paper:#3b1613;--limited-paper:#352907;--unknown-paper:#252c34}}

    """

  private static let page = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;max-width:68rem;padding:2rem 1.5rem 3rem;background:var(--paper);color:var(--ink);
    font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
    .skip{position:absolute;left:-100vw}
    .skip:focus{position:static}
    a{color:var(--accent)}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
    .brand{margin:0;color:var(--muted);font-size:.875rem;letter-spacing:.02em}
    h1{margin:.15rem 0 0;font-size:1.75rem;line-height:1.2;font-weight:650;overflow-wrap:anywhere}
    h2{margin:0 0 1rem;font-size:1.2rem;font-weight:650;line-height:1.3}
    h3{margin:1.5rem 0 .5rem;font-size:1rem;font-weight:650}
    .lead{margin:.4rem 0 0;color:var(--muted)}
    nav{margin:1.25rem 0 0;border-bottom:1px solid var(--line)}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0 0 .75rem;list-style:none;font-size:.9375rem}
    nav a{display:inline-block;padding:.2rem 0;text-decoration:none}
    nav a:hover{text-decoration:underline}
    section{padding:2rem 0 0}
    section+section{margin-top:2rem;border-top:1px solid var(--line)}
    p{margin:.5rem 0;max-width:46rem}
    .more,footer,figcaption,caption{color:var(--muted);font-size:.875rem}
    footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.5rem}
    code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
    .tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:1px;margin:0 0 1.25rem;background:var(--line);
    border:1px solid var(--line);border-radius:8px;overflow:hidden}
    .tiles div{padding:.8rem 1rem .9rem;background:var(--panel)}
    dt{color:var(--muted);font-size:.875rem}
    dd{margin:0;font-size:1.5rem;font-weight:600;line-height:1.25}
    dd small{display:block;margin-top:.15rem;color:var(--muted);font-size:.8125rem;font-weight:400;line-height:1.4}
    .settings b{font-weight:600}
    ul.settings{margin:.25rem 0 .75rem;padding-left:1.1rem}
    .pair dd{font-size:1.15rem}
    .settings code{color:var(--muted)}

    """

  private static let tables = """
    table{width:100%;margin:1rem 0 1.5rem;border-collapse:collapse;font-size:.9375rem}
    caption{padding:0 0 .4rem;text-align:left}
    th{padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--muted);text-align:left;font-weight:600;font-size:.875rem;vertical-align:bottom}
    td{padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
    th:last-child,td:last-child{padding-right:0}
    .number{text-align:right;white-space:nowrap}
    td time{white-space:nowrap}
    td[data-label="What"]{overflow-wrap:anywhere}
    .compact{max-width:36rem}
    .part{display:block;padding-left:1.25rem}
    @media screen and (min-width:60rem){td:has(.url){min-width:15rem}}
    .url{color:var(--muted);font-size:.875rem;overflow-wrap:anywhere}
    .badge{display:inline-block;padding:.05rem .5rem;border-radius:999px;font-size:.8125rem;font-weight:550;white-space:nowrap}
    .badge::before{content:"";display:inline-block;width:.5rem;height:.5rem;margin-right:.4rem;border-radius:50%}
    .badge.transient::before{background:var(--transient)}
    .badge.permanent::before,.badge.critical::before{background:var(--permanent)}
    .badge.limited::before,.badge.warning::before{background:var(--limited)}
    .badge.unknown::before{background:var(--unknown)}
    .badge.transient{color:var(--transient-ink);background:var(--transient-paper)}
    .badge.permanent,.badge.critical{color:var(--permanent-ink);background:var(--permanent-paper)}
    .badge.limited,.badge.warning{color:var(--limited-ink);background:var(--limited-paper)}
    .badge.unknown{color:var(--unknown-ink);background:var(--unknown-paper)}
    .bar{margin-right:.5rem;background:var(--panel);border-radius:2px}
    details{margin:.75rem 0}
    details table{margin-top:.5rem}
    summary{padding:.25rem 0;color:var(--accent);cursor:pointer}

    """

  private static let charts = """
    figure{margin:0 0 1.25rem}
    figcaption{margin-bottom:.5rem}
    .chart{display:block;overflow:hidden}
    .chart text{fill:var(--muted);font-size:12px}
    .chart .panel,.chart .lane{fill:var(--ink)}
    .chart .tick line{stroke:var(--line)}
    .chart .base{stroke:var(--muted)}
    .traffic{fill:var(--traffic)}
    .failures,.permanent,rect.critical{fill:var(--permanent)}
    .transient{fill:var(--transient)}
    .limited,rect.warning{fill:var(--limited)}
    .unknown{fill:var(--unknown)}
    .fault{fill:var(--accent);opacity:.55}
    .mark{fill:var(--ink);stroke:var(--paper);stroke-width:1.5px}
    .legend{display:flex;flex-wrap:wrap;gap:.15rem 1rem;margin:.5rem 0 0;padding:0;list-style:none;color:var(--muted);font-size:.8125rem}
    .legend .mark{vertical-align:-2px}

    """

  private static let narrow = """
    @media (max-width:60rem){.tiles{grid-template-columns:repeat(3,1fr)}}
    @media (max-width:40rem){.tiles{grid-template-columns:1fr 1fr}}
    @media screen and (max-width:50rem){
    body{padding:1.25rem 1rem 2rem}
    h1{font-size:1.4rem}
    dd{font-size:1.25rem}
    .alternate{display:none}
    .compact .badge{white-space:normal;overflow-wrap:anywhere}
    .compact td:first-child{overflow-wrap:anywhere}
    .cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .cards,.cards tbody,.cards tr,.cards td,.cards caption{display:block}
    .cards tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
    .cards td,.cards .number{display:flex;justify-content:space-between;gap:1rem;padding:.12rem 0;border:0;text-align:right;white-space:normal;overflow-wrap:anywhere}
    .cards td::before{content:attr(data-label);flex:none;max-width:45%;color:var(--muted);text-align:left;font-size:.875rem}
    .cards td[data-label=""]{display:block;text-align:left;font-weight:550}
    .cards td:has(.url),.cards td[data-label="What"]{display:block;min-width:0;text-align:left}
    .cards td:has(.url)::before,.cards td[data-label="What"]::before{display:block;max-width:none}
    }

    """

  private static let paper = """
    @media print{
    @page{margin:14mm}
    body{max-width:none;padding:0;font-size:10pt}
    table{font-size:9pt}
    nav,.skip{display:none}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    figure,tr,.tiles{break-inside:avoid}
    h2,h3,caption{break-after:avoid}
    section{padding-top:1rem}
    section+section{margin-top:1rem}
    details::details-content{content-visibility:visible;display:block;height:auto}
    summary{color:var(--ink);list-style:none}
    }
    @media print and (prefers-color-scheme:dark){:root{--paper:#fff;--ink:#1a1f26;--muted:#55606d;--line:#d9dee5;--panel:#f5f7f9;--accent:#2f5597;
    --traffic:#9db4d3;--transient-ink:#116329;--permanent-ink:#a01f15;--limited-ink:#7a5200;--unknown-ink:#4b5560;
    --transient-paper:#e3f4e7;--permanent-paper:#fdeae8;--limited-paper:#fdf3d6;--unknown-paper:#eceff2}}

    """
}
