/** Any published value as JSON for people and programs: two spaces, one line feed at the end. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
