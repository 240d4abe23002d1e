/** Steps from the root of a scenario: keys of mappings, indices of lists. */
export type Path = readonly (string | number)[]

/** `groups.clients.maps[0]`; a name with other characters than a plain word's is quoted. */
export function pathText(path: Path): string {
  return path.map(stepText).join('')
}

function stepText(step: string | number, index: number): string {
  if (typeof step === 'number') return `[${step}]`
  if (!/^[\w$-]+$/.test(step)) return `[${JSON.stringify(step)}]`
  return index === 0 ? step : `.${step}`
}
