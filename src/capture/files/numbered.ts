/** A number with its noun: `1 process`, `3 processes`. */
export function numbered(amount: number, one: string, several: string = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : several}`
}

/** `1 process`, `3 processes`. */
export function processesOf(amount: number): string {
  return numbered(amount, 'process', 'processes')
}
