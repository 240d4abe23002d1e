/** `0660` or `0o660` as a number; `undefined` where it is no such mode. */
export function parseMode(value: string): number | undefined {
  return /^0o?[0-7]{1,3}$/.test(value) ? Number.parseInt(value.replace(/^0o?/, ''), 8) : undefined
}
