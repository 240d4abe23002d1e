import type { Shell } from '../arguments/shells.ts'
import type { World } from '../machine/world.ts'
import { joinBashWords } from './bash-words.ts'
import type { Candidate, Completion } from './candidate.ts'
import { completeLine } from './complete-line.ts'
import { fileCandidates } from './file-candidates.ts'
import { quoted, unquote } from './shell-words.ts'

/**
 * What the completion script of a shell is told, in lines. In: what the script hands over, see
 * `scripts.ts`. Words come as typed, with their quotes.
 */
export const answers: Readonly<
  Record<Shell, (handedOver: readonly string[], world: World) => readonly string[]>
> = { bash: answerToBash, zsh: answerToZsh, fish: answerToFish }

/**
 * COMP_CWORD, COMP_POINT, COMP_LINE, COMP_WORDS… First line: `space`, or `nospace` where no
 * blank may follow. Then what COMPREPLY gets, quoted.
 */
function answerToBash(handedOver: readonly string[], world: World): readonly string[] {
  const [at = '', point = '', line = '', ...pieces] = handedOver
  const joined = joinBashWords({ pieces, at: Number(at), line, point: Number(point) })
  const word = joined.words[joined.at] ?? ''
  const { value, open } = unquote(word)
  const kept = unquote(word.slice(0, word.length - joined.replaced.length)).value
  const found = candidatesOf(joined, world).filter(({ text }) => text.startsWith(value))
  const written = found
    .map(({ text }) => text.slice(kept.length))
    // Bash would take it for an event of its history.
    .filter((text) => open !== '"' || !text.includes('!'))
  return [
    found.some(({ isOpen }) => isOpen) ? 'nospace' : 'space',
    ...written.map((text) => quoted(text, open)),
  ]
}

/** Candidates with the part of the word before them, and with files. */
function candidatesOf(
  { words, at }: { readonly words: readonly string[]; readonly at: number },
  world: World,
): readonly Candidate[] {
  const plain = words.slice(1).map((word) => unquote(word).value)
  return withFiles(completeLine(plain, at - 1, world), plain[at - 1] ?? '', world)
}

function withFiles(
  { before, candidates, files }: Completion,
  word: string,
  world: World,
): readonly Candidate[] {
  const typed = word.slice(before.length)
  const found = files === undefined ? [] : fileCandidates(typed, files, world)
  return [...candidates, ...found].map((one) => ({ ...one, text: before + one.text }))
}

/**
 * CURRENT, and the words with the program's name; the one at the cursor ends there. First line: how
 * many characters of that word stay, and a pattern for files. Then entries for _describe, behind `+`
 * where more of the word follows, otherwise behind `-`.
 */
function answerToZsh(handedOver: readonly string[], world: World): readonly string[] {
  const [at = '', ...words] = handedOver
  const plain = words.slice(1).map((word) => unquote(word).value)
  const { before, candidates, files } = completeLine(plain, Number(at) - 2, world)
  // Only a part that needs no quotes is as long as what was typed.
  const stays = /^[\w.,=-]*$/.test(before) ? before : ''
  const rest = before.slice(stays.length)
  return [
    `${stays.length} ${files === undefined ? '' : pattern(files.endings)}`,
    ...candidates.map(({ text, description, isOpen }) => {
      const entry = [rest + text, description].filter((part) => part !== '').map(escapedForZsh)
      return `${isOpen ? '+' : '-'}${entry.join(':')}`
    }),
  ]
}

function pattern(endings: readonly string[]): string {
  return endings.length === 0 ? '*' : `*(${endings.join('|')})`
}

function escapedForZsh(text: string): string {
  return text.replace(/[\\:]/g, '\\$&')
}

/**
 * The number of words before the cursor; these without quotes, the one at the cursor as typed, and the
 * others without quotes. Lines: candidate, tab, description.
 */
function answerToFish(handedOver: readonly string[], world: World): readonly string[] {
  const [count = '', ...words] = handedOver
  const at = Number(count)
  const plain = words.slice(1).map((word, index) => (index === at - 1 ? unquote(word).value : word))
  return withFiles(completeLine(plain, at - 1, world), plain[at - 1] ?? '', world).map(
    ({ text, description }) => (description === '' ? text : `${text}\t${description}`),
  )
}
