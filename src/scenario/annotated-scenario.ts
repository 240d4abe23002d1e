import type { Path } from '../units/path.ts'
import { pathText } from '../units/path.ts'
import type { ScenarioText } from './schema/scenario-text.ts'
import type { Spot } from './yaml/yaml-tree.ts'

/** A comment behind a value, or above what it opens where that is a mapping or a list. */
export interface Note {
  readonly path: Path
  readonly text: string
}

/**
 * A scenario under construction, and what is known about its values. Capture and importers fill it;
 * `writeScenario` writes it. A path may be described before the scenario has its value.
 */
export class AnnotatedScenario {
  /** The values so far, without `assumed`: {@link complete} adds it. */
  scenario: ScenarioText
  /** Comment lines at the head of the file. */
  headerComment: readonly string[] = []
  /** Path of a value, as text → where it was read. */
  readonly sources: Map<string, string> = new Map()
  /** Path of a value, as text → the place in a file or on the command line that decides it. */
  readonly origins: Map<string, Spot> = new Map()
  readonly #comments = new Map<string, { readonly path: Path; readonly texts: string[] }>()
  readonly #offers: Note[] = []
  readonly #assumed = new Map<string, Note>()
  readonly #remarks = new Map<string, string>()

  constructor(scenario: ScenarioText) {
    this.scenario = scenario
  }

  /** All comments, in the order in which their paths were first described. */
  get notes(): readonly Note[] {
    return [...this.#comments.values()].flatMap(({ path, texts }) =>
      texts.map((text) => ({ path, text })),
    )
  }

  /** Keys that a mapping could have, each as a line of YAML: comments at the end of that mapping. */
  get offers(): readonly Note[] {
    return this.#offers
  }

  /** Values that no file states, each with the reason for it. */
  get assumed(): readonly Note[] {
    return [...this.#assumed.values()]
  }

  /** Sentences for the user that belong to no single value. */
  get remarks(): readonly string[] {
    return [...this.#remarks.values()]
  }

  /** Where the value was read. Replaces what was said about it before. */
  say(path: Path, text: string): void {
    const place = pathText(path)
    this.#comments.set(place, { path, texts: [text] })
    this.sources.set(place, text)
    this.#assumed.delete(place)
  }

  /** One more comment, which is not the source of the value. */
  comment(path: Path, text: string): void {
    const place = pathText(path)
    const texts = this.#comments.get(place)?.texts ?? []
    this.#comments.set(place, { path, texts: [...texts, text] })
  }

  /** One more key that the mapping at the path could have, `swap: 16 GB # what it is`. */
  offer(path: Path, line: string): void {
    this.#offers.push({ path, text: line })
  }

  /** No file states the value: every plan lists it as an assumption. */
  assume(path: Path, why: string): void {
    this.#assumed.set(pathText(path), { path, text: why })
  }

  /** {@link say} and {@link assume} in one: the value was computed from what was read. */
  estimate(path: Path, how: string): void {
    this.say(path, how)
    this.assume(path, how)
  }

  /** Removes all that was said about the value. */
  forget(path: Path): void {
    const place = pathText(path)
    this.#comments.delete(place)
    this.sources.delete(place)
    this.#assumed.delete(place)
  }

  /** {@link forget}, of the value and of all that it holds. */
  forgetBelow(path: Path): void {
    const notes = [...this.#comments.values()]
    for (const note of notes) if (isBelow(note.path, path)) this.forget(note.path)
  }

  /** @param subject a later remark on the same subject replaces this one. */
  remark(text: string, subject: string = text): void {
    this.#remarks.set(subject, text)
  }

  /** A complaint about the value points at the first of these places that exists. */
  decidedBy(path: Path, ...places: readonly (Spot | undefined)[]): void {
    const place = places.find((one) => one !== undefined)
    if (place !== undefined) this.origins.set(pathText(path), place)
  }

  /**
   * The scenario with its `assumed`. For a value written as a mapping or a list, such as
   * `touched: { random: 4 MiB }`, `assumed` names the first text or number in it. An assumption about
   * a value that the scenario does not have is dropped.
   */
  complete(): ScenarioText {
    const assumed = this.assumed.flatMap(({ path, text }) => {
      const leaf = leafAt(this.scenario, path, [])
      return leaf === undefined ? [] : [[pathText(leaf), text] as const]
    })
    const { measured, ...values } = this.scenario
    return {
      ...values,
      ...(assumed.length === 0 ? {} : { assumed: Object.fromEntries(assumed) }),
      ...(measured === undefined ? {} : { measured }),
    }
  }
}

function leafAt(value: unknown, [step, ...steps]: Path, walked: Path): Path | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object') return step === undefined ? walked : undefined
  const key = step ?? Object.keys(value)[0]
  if (key === undefined || !Object.hasOwn(value, key)) return undefined
  const child: unknown = Reflect.get(value, key)
  return leafAt(child, steps, [...walked, Array.isArray(value) ? Number(key) : key])
}

function isBelow(path: Path, top: Path): boolean {
  return top.every((step, index) => path[index] === step)
}
