/** Files that are better described than written down. */
export const generated: Readonly<Record<string, string | Uint8Array>> = {
  'binary.yaml': Uint8Array.from({ length: 4096 }, (_, index) => (index * 37 + 200) % 256),
  'junk-50-mb.yaml': new Uint8Array(50_000_000).fill(0x78),
  'alias-bomb.yaml': aliasBomb(),
  'nested-10000.yaml': `version: 1\nhost: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`,
  'control-names.yaml': [
    'version: 1',
    'name: "red \\e[31m and back \\u202e"',
    'host: { memory: 64 GiB }',
    'regions: { "pool\\a": { size: 1 GiB } }',
    'groups: { "\\u200fclients\\t": { processes: 2, maps: [{ region: "pool\\a" }] } }',
    '',
  ].join('\n'),
}

/** Ten names of ten of the former: 10^9 values if somebody unfolds it. */
function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let depth = 1; depth < 9; depth += 1) {
    const below = Array.from({ length: 10 }, () => `*a${depth - 1}`).join(', ')
    lines.push(`a${depth}: &a${depth} [${below}]`)
  }
  return `${lines.join('\n')}\nversion: 1\n`
}
