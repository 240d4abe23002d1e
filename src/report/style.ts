/** How the page looks: on a screen, light or dark, wide or narrow, and on paper. */
export const style: string = `
:root{color-scheme:light dark;--ground:#fff;--text:#1a1d21;--quiet:#4d5661;--line:#c5ccd3;--box:#f3f5f7;--link:#0b57b0;--bad:#a8191e;--warn:#7a4a00;--good:#176b2c;--unknown:#5b3a8c;
--c0:#a8191e;--c1:#0b57b0;--c2:#176b2c;--c3:#7a4a00;--c4:#5b3a8c;--c5:#00696b;--c6:#8c1d6b;--c7:#4d5661;
--tables:#d64045;--shared:#4a8fe0;--private:#57a773;--kernel:#8d99a6;--set-aside:#b58bd6;--kept:#d3a53c;--free:#e6eaee;--on-part:#000}
@media (prefers-color-scheme:dark){:root{--ground:#14171a;--text:#e8eaed;--quiet:#a9b3bd;--line:#424a52;--box:#1e2327;--link:#8ab8f5;--bad:#ff8a8a;--warn:#f0b860;--good:#7ed492;--unknown:#c9a8f0;
--c0:#ff8a8a;--c1:#8ab8f5;--c2:#7ed492;--c3:#f0b860;--c4:#c9a8f0;--c5:#6fd6d8;--c6:#f29bd4;--c7:#a9b3bd;
--tables:#e8676b;--shared:#6ba6ec;--private:#6fbd8a;--kernel:#9aa6b2;--set-aside:#c4a0e0;--kept:#d9b45a;--free:#343b42}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main,footer,noscript{display:block;max-width:1180px;margin:0 auto;padding:0 20px}
h1{font-size:1.6rem;line-height:1.25;margin:1.2rem 0 .2rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:1.8rem 0 .5rem;overflow-wrap:anywhere}
p,li{max-width:46rem;overflow-wrap:anywhere}
p{margin:.4rem 0}
a{color:var(--link)}
.machine,.note,caption,figcaption,.place{color:var(--quiet)}
.note,caption,figcaption,.place{font-size:.9rem}
.place{margin-top:.8rem}
[hidden]{display:none!important}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.script,.scripted .paper{display:none}
:root:not(.scripted) .fleet :is(a,button){color:inherit;text-decoration:none;cursor:auto}
dt{font-weight:600}
dd{margin:0 0 .4rem}
.scripted .script{display:revert}
.verdict{font-size:1.1rem;border-left:6px solid var(--quiet);padding:.4rem .8rem;background:var(--box)}
.verdict.other{font-size:1rem}
.badge{letter-spacing:.02em}
.oom .badge,.no-start .badge,.risk.oom,.risk.no-start{color:var(--bad)}
.swapping .badge,.tight .badge,.risk.swapping,.risk.tight{color:var(--warn)}
.safe .badge,.risk.safe{color:var(--good)}
.unplanned .badge,.risk.unplanned{color:var(--unknown)}
.verdict.oom,.verdict.no-start{border-color:var(--bad)}
.verdict.swapping,.verdict.tight{border-color:var(--warn)}
.verdict.safe{border-color:var(--good)}
.verdict.unplanned{border-color:var(--unknown)}
.risk{font-weight:600}
.gate{font-weight:600;border-color:var(--bad);color:var(--bad)}
figure{margin:0;overflow-x:auto}
figure>svg{min-width:600px}
svg{display:block;max-width:min(100%,860px);height:auto;font:13px system-ui,sans-serif}
.sessions>svg{max-width:min(100%,1020px)}
svg text{fill:var(--text)}
svg .strong{font-weight:600;paint-order:stroke;stroke:var(--ground);stroke-width:3px}
svg .code{font-family:ui-monospace,monospace;font-size:12px}
.grid{stroke:var(--line);stroke-width:1}
.capacity{stroke:var(--text);stroke-width:2.5}
.swap{stroke:var(--text);stroke-width:2.5;stroke-dasharray:10 4}
.now{stroke:var(--text);stroke-width:1.5;stroke-dasharray:2 3}
.curve{fill:none;stroke-width:2}
.curve.chosen{stroke-width:4}
.curve-0{stroke:var(--c0)}.curve-1{stroke:var(--c1);stroke-dasharray:9 3}.curve-2{stroke:var(--c2);stroke-dasharray:2 3}.curve-3{stroke:var(--c3);stroke-dasharray:12 3 2 3}
.curve-4{stroke:var(--c4);stroke-dasharray:5 5}.curve-5{stroke:var(--c5);stroke-dasharray:16 4}.curve-6{stroke:var(--c6);stroke-dasharray:3 6}.curve-7{stroke:var(--c7);stroke-dasharray:14 3 2 3 2 3}
.mark{stroke:var(--ground);stroke-width:1.5}
.mark-0{fill:var(--c0)}.mark-1{fill:var(--c1)}.mark-2{fill:var(--c2)}.mark-3{fill:var(--c3)}.mark-4{fill:var(--c4)}.mark-5{fill:var(--c5)}.mark-6{fill:var(--c6)}.mark-7{fill:var(--c7)}
.ring{fill:var(--ground);stroke-width:2;stroke-dasharray:none}
.part{stroke:var(--ground);stroke-width:1;fill:var(--kernel)}
.part-page-tables{fill:var(--tables)}
.part-shared,.part-locked-file{fill:var(--shared)}
.part-private,.part-private-region{fill:var(--private)}
.part-pool{fill:var(--set-aside)}
.part-reserve,.part-watermark{fill:var(--kept)}
.part-headroom{fill:var(--free)}
.short{fill:none;stroke:var(--bad);stroke-width:3;stroke-dasharray:6 4}
svg .on-part{fill:var(--on-part);font-size:12px;font-weight:600}
@media (prefers-color-scheme:dark){.part-headroom+.on-part{fill:var(--text)}}
.trees text{font-size:12px}
.box{fill:var(--box);stroke:var(--quiet);stroke-width:1}
.box-tree{stroke:var(--good);stroke-width:2.5}
.box-memory{stroke:var(--shared);stroke-width:2}
.arrow{stroke:var(--quiet);stroke-width:1.5}
.arrow.shared{stroke:var(--good);stroke-width:2}
.scroll{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;font-size:.95rem}
caption{text-align:left;padding-bottom:.2rem}
th,td{padding:.25rem .9rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400}
thead th{font-weight:600;vertical-align:bottom}
.number,.n2 tr>:nth-child(2),.n3 tr>:nth-child(3),.n4 tr>:nth-child(4),.n5 tr>:nth-child(5){text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.shown{background:var(--box)}
tr.shown th{font-weight:600}
.key{display:inline-flex;gap:.5rem;align-items:center}
.key svg{flex-shrink:0}
.levels td{vertical-align:middle}
pre,code,textarea{font:13px/1.45 ui-monospace,monospace}
pre{background:var(--box);border:1px solid var(--line);border-radius:4px;padding:.5rem .7rem;overflow-x:auto;margin:.3rem 0}
details{border-top:1px solid var(--line);padding:.3rem 0}
summary{cursor:pointer;font-weight:600;padding:.3rem 0}
summary :is(h2,h3){display:inline;font-size:1rem;margin:0}
.advice li{margin-bottom:1rem}
button,input,select,textarea{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--quiet);border-radius:4px;padding:.25rem .6rem;max-width:100%}
button{background:var(--box);cursor:pointer;margin:.2rem .4rem .2rem 0}
textarea{width:100%;font:13px/1.45 ui-monospace,monospace}
input[type=range]{padding:0;width:100%;accent-color:var(--link)}
[aria-invalid=true]{border:2px solid var(--bad)}
.fault{color:var(--bad);font-weight:600}
.fault:empty{display:none}
.field{display:grid;grid-template-columns:minmax(0,1fr);gap:.15rem;margin:.5rem 0}
.field label{font-size:.9rem}
.controls{border:1px solid var(--line);border-radius:6px;padding:0 1rem .8rem;margin-top:1.5rem}
.export label{display:block;margin-top:.8rem}
.fleet thead button{border:0;background:none;padding:0;margin:0;font-weight:600;text-decoration:underline}
th[aria-sort=ascending] button::after{content:" \\2191"}
th[aria-sort=descending] button::after{content:" \\2193"}
.fleet tbody tr{content-visibility:auto}
.changing :is(#part-advice,#part-chart,#part-folded){opacity:.75}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
footer{color:var(--quiet);font-size:.9rem;padding-bottom:2rem}
@media (min-width:700px){.fields{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1.5rem}}
@media print{:root{color-scheme:light}body{font-size:11pt}.script,.scripted .script,.scripted .controls,.scripted .export,noscript,#report>a{display:none}.scripted .paper{display:revert}.fleet :is(a,button){color:inherit;text-decoration:none!important}
h1,h2,summary{break-after:avoid}svg,tr,pre,li{break-inside:avoid}.plans{display:none}details::details-content{content-visibility:visible;block-size:auto}.scroll,pre{overflow:visible;white-space:pre-wrap}*{print-color-adjust:exact}}
@media print and (prefers-color-scheme:dark){:root{--ground:#fff;--text:#000;--quiet:#444;--line:#bbb;--box:#f3f5f7;--link:#0b57b0;--bad:#a8191e;--warn:#7a4a00;--good:#176b2c;--free:#e6eaee;--c0:#a8191e;--c1:#0b57b0;--c2:#176b2c;--c3:#7a4a00;--c4:#5b3a8c;--c5:#00696b;--c6:#8c1d6b;--c7:#4d5661}}
@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important;scroll-behavior:auto!important}}
`
