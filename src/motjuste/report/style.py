"""How the page looks: few colours, by light and by dark, on paper, and from 360 pixels on."""

COLOURS = {
    "light": {
        "ground": "#ffffff",
        "card": "#f5f7fa",
        "text": "#1c2128",
        "quiet": "#545d68",
        "line": "#d4dae1",
        "fill": "#0b5cad",
        "track": "#dde4ec",
        "mark": "#1c2128",
    },
    "dark": {
        "ground": "#13171c",
        "card": "#1b2128",
        "text": "#e8edf2",
        "quiet": "#a3aebb",
        "line": "#353d47",
        "fill": "#68b0f5",
        "track": "#2d3640",
        "mark": "#ffffff",
    },
}
"""Each text is readable on the ground and on a card: at least 4.5 to 1. The one colour needs no telling apart."""


def _variables(scheme: str) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in COLOURS[scheme].items())


STYLE = (
    ":root{color-scheme:light dark;" + _variables("light") + "}"
    "@media (prefers-color-scheme:dark){:root{" + _variables("dark") + "}}"
    "*{box-sizing:border-box}"
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}"
    "body{margin:0 auto;padding:1.5rem clamp(1rem,3vw,2.5rem);max-width:80rem;background:var(--ground);"
    "color:var(--text);font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"
    "overflow-wrap:break-word}"
    "h1{font-size:1.75rem;line-height:1.2;margin:0}"
    "h2{font-size:1.2rem;line-height:1.3;margin:0 0 .75rem}"
    "header p,footer p{margin:.25rem 0 0;color:var(--quiet)}"
    "section{margin:1.5rem 0 0;padding:1.5rem 0 0;border-top:1px solid var(--line)}"
    "p{margin:0 0 .75rem;max-width:70ch}"
    ".means,figcaption{color:var(--quiet);font-size:.875rem;max-width:75ch}"
    ".means{margin:.75rem 0 0}"
    ".nothing{font-size:1.125rem}"
    "footer{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.875rem}"
    ".facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.75rem;margin:0 0 .75rem}"
    ".facts div{display:flex;flex-direction:column;justify-content:space-between;background:var(--card);"
    "border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem}"
    ".facts dt{color:var(--quiet);font-size:.875rem;line-height:1.3}"
    ".facts dd{margin:.25rem 0 0;font-size:1.5rem;line-height:1.2;font-weight:600}"
    "figure{margin:0 0 1rem}figcaption{margin-top:.5rem}code{white-space:nowrap;font-size:.95em}"
    "figure svg{display:block;max-width:100%;height:auto}"
    "figure svg.wide{display:none}figure svg.narrow{width:100%;max-width:26rem}"
    "svg rect{fill:var(--fill)}"
    "svg rect.track{fill:var(--track)}"
    "svg rect.mark{fill:var(--mark);stroke:var(--ground);stroke-width:1}"
    "svg path{stroke:var(--line);fill:none}"
    "svg text{fill:var(--text);font-size:13px}"
    "svg .month{fill:var(--quiet);font-size:12px}"
    "svg .peak{font-size:12px;text-anchor:middle}"
    "svg .name{font-weight:600}"
    ".scroll{overflow-x:auto}"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.8125rem;line-height:1.3}"
    "th,td{padding:.2rem .3rem;text-align:right;font-weight:400;white-space:nowrap}"
    "th:first-child{text-align:left;padding-left:0}"
    "table.months th:first-child{position:sticky;left:0;background:var(--ground)}"
    "thead th,tfoot th,tfoot td{font-weight:600}"
    "thead th{vertical-align:bottom;border-bottom:1px solid var(--line)}"
    "tfoot th,tfoot td{border-top:1px solid var(--line)}"
    "table.bars{width:100%;max-width:54rem}"
    "table.bars th:first-child{white-space:normal;overflow-wrap:anywhere;min-width:4.5rem}"
    "table.bars td.bar{width:40%;min-width:2.25rem;padding-right:0}"
    "table.bars thead th{white-space:normal}"
    "svg.bar{display:block;width:100%;height:.9rem}"
    "table.months thead th:not(:first-child) span{writing-mode:vertical-rl;transform:rotate(180deg);"
    "text-align:left}"
    ":focus-visible{outline:2px solid var(--fill);outline-offset:2px}"
    "@media (min-width:44rem){"
    "figure svg.wide{display:block}figure svg.narrow{display:none}"
    "table{font-size:.875rem}th,td{padding:.2rem .6rem}"
    "table.months thead th:not(:first-child) span{writing-mode:horizontal-tb;transform:none}}"
    "@media (min-width:76rem){.both{display:grid;grid-template-columns:minmax(0,35rem) max-content;gap:2.5rem;"
    "align-items:start;justify-content:start}}"
    "@media print{:root{color-scheme:light;" + _variables("light") + "}"
    "body{padding:0;max-width:none;font-size:10pt}"
    "section{break-inside:avoid-page;margin-top:1rem;padding-top:1rem}h2{break-after:avoid}"
    ".scroll{overflow:visible}svg rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}}"
)
