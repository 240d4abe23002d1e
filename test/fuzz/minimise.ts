import type { Input } from './input.ts'

/** Attempts at most: a large input that is slow to judge stays as large as it is. */
const mostAttempts = 400

/**
 * A smaller input that still fails: words, files and lines go one after another, in ever smaller
 * parts.
 * @param fails whether an input still breaks what the first one broke.
 */
export async function minimised(
  input: Input,
  fails: (candidate: Input) => Promise<boolean>,
): Promise<Input> {
  let attempts = 0
  let smallest = input
  const attempt = async (candidate: Input): Promise<boolean> => {
    attempts += 1
    if (attempts > mostAttempts || !(await fails(candidate))) return false
    smallest = candidate
    return true
  }
  await shortened(input.argv, (argv) => attempt({ ...smallest, argv }))
  await shortened(Object.keys(input.files), (paths) =>
    attempt({ ...smallest, files: only(smallest.files, paths) }),
  )
  for (const [path, content] of Object.entries(smallest.files)) {
    if (typeof content !== 'string') continue
    for (const separator of ['\n', /(?<=[,{}[\] ])/]) {
      await shortened(textAt(smallest, path).split(separator), (parts) => {
        const text = parts.join(typeof separator === 'string' ? separator : '')
        return attempt({ ...smallest, files: { ...smallest.files, [path]: text } })
      })
    }
  }
  return smallest
}

/** Leaves out runs of a list, half of it first, then quarters, wherever that is accepted. */
async function shortened<T>(
  list: readonly T[],
  accepts: (shorter: readonly T[]) => Promise<boolean>,
): Promise<void> {
  let left = list
  for (let length = Math.ceil(left.length / 2); length >= 1; length = Math.floor(length / 2)) {
    for (let at = 0; at < left.length; ) {
      const shorter = [...left.slice(0, at), ...left.slice(at + length)]
      if (await accepts(shorter)) left = shorter
      else at += length
    }
  }
}

function only(files: Input['files'], paths: readonly string[]): Input['files'] {
  return Object.fromEntries(Object.entries(files).filter(([path]) => paths.includes(path)))
}

function textAt({ files }: Input, path: string): string {
  const content = files[path]
  return typeof content === 'string' ? content : ''
}
