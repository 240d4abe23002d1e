import type { Machine } from './server-files.ts'

/**
 * Files that are in memory already, by path, in the place of a machine. Relative paths lie in one folder,
 * that of the program that asks; a file is found under each way to write its path.
 */
export function givenFiles(texts: Readonly<Record<string, string>>): Machine {
  const files = new Map(Object.entries(texts).map(([path, text]) => [whole(path), text]))
  return {
    identify: whole,
    read: (path) => {
      const text = files.get(whole(path))
      return text === undefined ? missing : { ok: true, text }
    },
    list: (folder) => {
      const start = whole(folder).replace(/\/?$/, '/')
      const below = [...files.keys()].filter((path) => path.startsWith(start))
      if (below.length === 0) return missing
      const names = below.map((path) => path.slice(start.length))
      return { ok: true, names: names.filter((name) => !name.includes('/')) }
    },
  }
}

const missing = { ok: false, missing: true, why: 'it was not given' } as const

/** The absolute path, without `.` and `..`. */
function whole(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return `/${steps.join('/')}`
}
