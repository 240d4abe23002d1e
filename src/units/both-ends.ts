/** A name that is too long for a message or a page: its first and its last characters. */
export function bothEnds(name: string): string {
  if (name.length <= most) return name
  return `${name.slice(0, most / 2)}…${name.slice(-most / 2)}`
}

const most = 240
