import type { Choices } from './choices.ts'
import { hostileNumber, hostileText } from './hostile.ts'

/** No damaged text is longer: what is read only to be refused as too large is tested by itself. */
const longest = 200_000

/** The text with one to a few faults: of its tokens, its lines or its bytes. */
export function damagedText(text: string, choices: Choices, others: readonly string[]): string {
  let damaged = text
  for (let faults = 1 + choices.below(3); faults > 0; faults -= 1) {
    damaged = choices.pick(textFaults)(damaged, choices, others).slice(0, longest)
  }
  return damaged
}

type TextFault = (text: string, choices: Choices, others: readonly string[]) => string

const textFaults: readonly TextFault[] = [
  (text, choices) => replaceToken(text, choices, /[^\s:,[\]{}="']+/g, hostileText),
  (text, choices) => replaceToken(text, choices, /-?\d[\d.]*/g, hostileNumber),
  (text, choices) => replaceToken(text, choices, /-?\d[\d.]*/g, nearNumber),
  (text, choices) => replaceToken(text, choices, /[\w-]+/g, (_, token) => token.slice(1)),
  (text, choices, others) =>
    replaceToken(text, choices, /[\w-]+/g, () => tokenOf(choices.pick([text, ...others]), choices)),
  (text, choices) => lines(text, (all) => all.splice(choices.below(all.length), 1)),
  (text, choices) =>
    lines(text, (all) => all.splice(choices.below(all.length), 0, choices.pick(all))),
  (text, choices, others) =>
    lines(text, (all) =>
      all.splice(
        choices.below(all.length),
        0,
        choices.pick(choices.pick([text, ...others]).split('\n')),
      ),
    ),
  (text, choices) =>
    lines(text, (all) =>
      all.splice(choices.below(all.length), 0, all.splice(choices.below(all.length), 1)[0] ?? ''),
    ),
  (text, choices) => insertAt(text, choices.below(text.length + 1), hostileText(choices)),
  (text, choices) => text.slice(0, choices.below(text.length + 1)),
  (text, choices) => cut(text, choices),
  (text, choices) => text.replaceAll('\n', choices.pick(['\r\n', '\r', '\n\n', '\n ', ' '])),
  (text, choices) => choices.pick(['\ufeff', '\u0000', '\n', '{', '[', '- ', '# ', '%']) + text,
  (text) => `${text}\n${text}`,
]

/** Bytes with one to a few faults: flips, borders, cuts, repeats. */
export function damagedBytes(bytes: Uint8Array, choices: Choices): Uint8Array {
  let damaged = bytes
  for (let faults = 1 + choices.below(4); faults > 0; faults -= 1) {
    damaged = choices
      .pick(byteFaults)(damaged, choices)
      .subarray(0, longest * 5)
  }
  return damaged
}

type ByteFault = (bytes: Uint8Array, choices: Choices) => Uint8Array

const byteFaults: readonly ByteFault[] = [
  (bytes, choices) =>
    withByte(
      bytes,
      choices,
      choices.pick([0, 1, 9, 10, 13, 27, 32, 48, 55, 127, 128, 155, 192, 239, 254, 255]),
    ),
  (bytes, choices) => withByte(bytes, choices, choices.below(256)),
  (bytes, choices) => bytes.subarray(0, choices.below(bytes.length + 1)),
  (bytes, choices) => {
    const at = choices.below(bytes.length + 1)
    const end = at + choices.below(Math.min(bytes.length - at, 2000) + 1)
    return joined(
      bytes.subarray(0, at),
      bytes.subarray(choices.oneIn(2) ? end : at),
      bytes.subarray(at, end),
    )
  },
  (bytes, choices) =>
    joined(
      bytes.subarray(0, choices.below(bytes.length + 1)),
      bytes.subarray(choices.below(bytes.length + 1)),
    ),
]

function withByte(bytes: Uint8Array, choices: Choices, byte: number): Uint8Array {
  const copy = bytes.slice()
  if (copy.length > 0) copy[choices.below(copy.length)] = byte
  return copy
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function replaceToken(
  text: string,
  choices: Choices,
  token: RegExp,
  replace: (choices: Choices, token: string) => string,
): string {
  // Found from a place on, so that long texts cost no more than short ones.
  const from = choices.below(text.length + 1)
  const found = new RegExp(token.source, 'g')
  found.lastIndex = from
  const match = found.exec(text)
  if (match === null) return text
  return (
    text.slice(0, match.index) +
    replace(choices, match[0]) +
    text.slice(match.index + match[0].length)
  )
}

function tokenOf(text: string, choices: Choices): string {
  const found = /[\w-]+/g
  found.lastIndex = choices.below(text.length + 1)
  return found.exec(text)?.[0] ?? ''
}

function nearNumber(choices: Choices, token: string): string {
  const number = Number(token)
  return String(
    choices.pick([
      number + 1,
      number - 1,
      -number,
      number * 2,
      number / 2,
      number * 10,
      number * 1024,
      number * 1e6,
      0,
    ]),
  )
}

function lines(text: string, edit: (all: string[]) => void): string {
  const all = text.split('\n')
  edit(all)
  return all.join('\n')
}

function insertAt(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at)
}

function cut(text: string, choices: Choices): string {
  const at = choices.below(text.length + 1)
  return text.slice(0, at) + text.slice(at + choices.below(200))
}
