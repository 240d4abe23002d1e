/** Names that some reader would obey: a browser, a spreadsheet, a terminal, a runner, a Markdown page. */
export const hostileNames: readonly string[] = [
  '<script>alert(1)</script>',
  '=cmd()|"x"!A1',
  '@all `tick` [x](javascript:y) <!-- -->',
  'a\u001b[31m\nb\r\n::error::x',
  '\u202eevil\u2066',
  "]]> & 'q' </testsuite>",
  '::error file=x::y ##[error]z',
  'a|b \\" {0}',
  '__proto__',
]

/** A scenario in which everything that has a name has such a one. */
export function hostileScenario(name: string): string {
  const text = JSON.stringify(name)
  return `version: 1
name: ${text}
host: { memory: 8 GB, cgroups: { ${text}: { limit: 4 GB } }, reserve: { ${text}: 1 GB } }
regions: { ${text}: { size: 8 GB } }
groups:
  ${text}: { processes: 500, cgroup: ${text}, maps: [{ region: ${text}, touched: 40% }] }
gates: { risk: tight, findings: warning }
allow: [{ finding: MSP010, until: 2027-01-01, reason: ${text} }]
`
}
