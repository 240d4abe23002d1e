/** Longer names are cut: they are keys of the file. */
const longest = 80

/** The same names made different: the second `postgres` becomes `postgres 2`. None is empty. */
export function namesOf(wanted: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return wanted.map((name) => {
    const plain = [...name.trim()].slice(0, longest).join('') || 'unnamed'
    let candidate = plain
    for (let number = 2; taken.has(candidate); number += 1) candidate = `${plain} ${number}`
    taken.add(candidate)
    return candidate
  })
}
