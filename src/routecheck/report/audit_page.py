"""Style and script of the audit's page: no colour is the only sign, nothing is fetched."""

from __future__ import annotations

from typing import Final

__all__ = ["SCRIPT", "STYLE"]

STYLE: Final = """
:root { color-scheme: light dark;
  --ink: #1b1f24; --soft: #57606a; --ground: #fff; --panel: #f5f7f9; --line: #d0d7de;
  --link: #0b57a4; --avoid: #a61b1b; --caution: #b04a00; --watch: #7a6200; --clear: #1c6796;
  --unknown: #5b5f66; --error: #6b2a85; }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e6e9ec; --soft: #a3abb5; --ground: #14181d; --panel: #1d2329; --line: #3a434d;
  --link: #7db8f0; --avoid: #c93a3a; --caution: #b9590b; --watch: #806b10; --clear: #2878a8;
  --unknown: #656b74; --error: #84479d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1.5rem 1.25rem 3rem; color: var(--ink);
  background: var(--ground); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.2rem; }
p, ul, dl, pre { margin: .4rem 0 .8rem; } p, main > ul { max-width: 62rem; }
pre { padding: .6rem .9rem; background: var(--panel); white-space: pre-wrap; }
a { color: var(--link); overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.note { padding: .7rem 1rem; border-left: .3rem solid var(--clear); background: var(--panel);
  max-width: 62rem; margin: 1rem 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
  gap: .75rem; margin: 1.2rem 0; }
.figures div { padding: .6rem .9rem; border: 1px solid var(--line); border-radius: .4rem; }
.figures dt { color: var(--soft); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.figures dd.dates { font-size: .85rem; line-height: 1.05rem; }
.bar { display: flex; height: 2.4rem; border-radius: .4rem; overflow: hidden; gap: 2px;
  background: var(--line); }
.bar span { min-width: 3px; overflow: hidden; white-space: nowrap; color: #fff; font-size: .85rem;
  font-weight: 600; line-height: 2.4rem; text-align: center; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: .5rem; }
.legend li.none { color: var(--soft); }
.tag { display: inline-block; padding: 0 .5rem; border-radius: .3rem; color: #fff; font-size: .8rem;
  font-weight: 700; line-height: 1.5rem; text-transform: uppercase; letter-spacing: .02em; }
.v-avoid { background: var(--avoid); } .v-caution { background: var(--caution); }
.v-watch { background: var(--watch); } .v-clear { background: var(--clear); }
.v-unknown { background: repeating-linear-gradient(135deg, var(--unknown) 0 8px,
  color-mix(in srgb, var(--unknown), #000 18%) 8px 16px); }
.v-error { background: repeating-linear-gradient(45deg, var(--error) 0 8px,
  color-mix(in srgb, var(--error), #000 18%) 8px 16px); }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .6rem 0; }
.controls[hidden] { display: none; }
.controls label { display: grid; gap: .15rem; font-size: .85rem; color: var(--soft); }
.controls input, .controls select { padding: .35rem .5rem; font: inherit; font-size: 1rem;
  color: var(--ink); background: var(--ground); border: 1px solid var(--line);
  border-radius: .3rem; }
.controls input { width: min(22rem, 80vw); }
.box { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; }
.box.tall { max-height: 44rem; overflow-y: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
#routes thead th { white-space: normal; vertical-align: bottom; }
th, td { padding: .4rem .55rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
tbody th { font-weight: 600; min-width: 7rem; }
thead th { position: sticky; top: 0; background: var(--panel); white-space: nowrap; z-index: 1; }
thead button { all: unset; cursor: pointer; font: inherit; font-weight: 700; }
thead button::after { content: " \\2195"; color: var(--soft); font-weight: 400; }
th[aria-sort=ascending] button::after { content: " \\2191"; color: inherit; }
th[aria-sort=descending] button::after { content: " \\2193"; color: inherit; }
:focus-visible, thead button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.wide { min-width: 14rem; } td.few { min-width: 6rem; }
.plain td:first-child { min-width: 10rem; }
.plain td:last-child:not(.n) { min-width: 18rem; } td.day { white-space: nowrap; }
td small, th small, td details { display: block; color: var(--soft); font-size: .8rem;
  font-weight: 400; }
summary { cursor: pointer; } summary b { color: var(--link); white-space: nowrap; }
details ul { margin: .2rem 0; padding-left: 1.2rem; }
code { font: .9em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
@media screen and (max-width: 75rem) { #routes { font-size: .84rem; }
  #routes th, #routes td { padding: .4rem .32rem; } td.wide { min-width: 12rem; }
  td.few { min-width: 5rem; } tbody th { min-width: 5.8rem; } }
@media (max-width: 40rem) { body { padding: 1rem .8rem 2rem; } .bar span { font-size: .75rem; } }
@page { size: landscape; margin: 12mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --ground: #fff; --panel: #f2f2f2;
    --line: #aaa; --link: #000; --avoid: #a61b1b; --caution: #b04a00; --watch: #7a6200;
    --clear: #1c6796; --unknown: #5b5f66; --error: #6b2a85; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  .controls, thead button::after { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary b { display: none; } td .tag { font-size: 6.5pt; line-height: 11pt; }
  summary, details ul, details li { display: inline; padding: 0; }
  details li + li::before { content: "; "; } td small, th small, td details { font-size: 6.5pt; }
  table .wide { width: 34%; }
  thead button { display: contents; }
  .box, .box.tall { overflow: visible; max-height: none; border: 0; }
  table { font-size: 7.5pt; } th, td { padding: 2pt 3pt; } td.wide, .plain td:first-child,
  .plain td:last-child:not(.n) { min-width: 0; } td.few, tbody th { min-width: 0; }
  thead { display: table-header-group; } thead th { position: static; white-space: normal; }
  tr, .note, .figures div { break-inside: avoid; } h2 { break-after: avoid; }
  .bar, .tag, .note, thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""

SCRIPT: Final = """
"use strict";
(() => {
  const table = document.getElementById("routes");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const words = rows.map(row => row.textContent.toLowerCase());
  const find = document.getElementById("find"), only = document.getElementById("only");
  const count = document.getElementById("count");
  const key = (row, i) => row.cells[i].dataset.k ?? row.cells[i].textContent;
  const compare = (a, b, i, number, sign) => {
    const x = key(a, i), y = key(b, i);
    if (x === "" || y === "") return (x === "") - (y === "");
    return sign * (number ? x - y : x < y ? -1 : x > y ? 1 : 0);
  };
  const sort = i => {
    const head = heads[i], number = head.classList.contains("n");
    const now = head.getAttribute("aria-sort");
    const down = now ? now === "ascending" : number && i > 0;
    heads.forEach(h => h.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = rows.slice().sort((a, b) =>
      compare(a, b, i, number, down ? -1 : 1) || compare(a, b, 0, true, 1));
    body.append(...order);
  };
  const filter = () => {
    const text = find.value.trim().toLowerCase().split(/\\s+/);
    let shown = 0;
    rows.forEach((row, i) => {
      const is = (!only.value || row.dataset.v === only.value) &&
        text.every(word => words[i].includes(word));
      row.hidden = !is;
      shown += is;
    });
    count.textContent = `${shown} of ${rows.length} routes shown`;
  };
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(i));
    head.append(button);
  });
  const shut = () => [...body.querySelectorAll("details:not([open])")];
  let opened = [];
  addEventListener("beforeprint", () => (opened = shut()).forEach(d => { d.open = true; }));
  addEventListener("afterprint", () => opened.forEach(d => { d.open = false; }));
  find.addEventListener("input", filter);
  only.addEventListener("change", filter);
  document.querySelector(".controls").hidden = false;
  filter();
})();
"""
