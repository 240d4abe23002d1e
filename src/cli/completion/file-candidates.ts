import { printable } from '../../units/printable.ts'
import type { World } from '../machine/world.ts'
import type { Candidate, FileWish } from './candidate.ts'

/**
 * Files and folders whose names begin as typed; hidden ones only behind a dot. All files where none
 * has a wanted end. Names with control characters are not offered: no line could hold them.
 */
export function fileCandidates(
  typed: string,
  { endings }: FileWish,
  world: World,
): readonly Candidate[] {
  const slash = typed.lastIndexOf('/') + 1
  const [folder, start] = [typed.slice(0, slash), typed.slice(slash)]
  const place = folder === '' ? './' : expandHome(folder, world)
  const listing = world.listNames(place)
  if (!listing.ok) return []
  const found = listing.names
    .filter((name) => name.startsWith(start) && name.startsWith('.') === start.startsWith('.'))
    .filter((name) => printable(name) === name)
    .toSorted()
    .map((name) => candidateOf(folder, name, world.kindOf(place + name) === 'folder'))
  const wanted = found.filter(
    ({ text, isOpen }) => isOpen || endings.some((ending) => text.toLowerCase().endsWith(ending)),
  )
  return wanted.length > 0 ? wanted : found
}

/** A path as files are found by: `~/` is the home directory. */
export function expandHome(path: string, { env: { HOME } }: World): string {
  return HOME !== undefined && path.startsWith('~/') ? `${HOME}${path.slice(1)}` : path
}

/** A name that would be read as an option, or as the home directory, says that it is here. */
function candidateOf(folder: string, name: string, isFolder: boolean): Candidate {
  const here = folder === '' && /^[-~]/.test(name) ? './' : ''
  return {
    text: `${folder}${here}${name}${isFolder ? '/' : ''}`,
    description: '',
    isOpen: isFolder,
  }
}
