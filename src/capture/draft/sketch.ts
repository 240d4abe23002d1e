import type { Note } from '../../scenario/annotated-scenario.ts'
import type { ScenarioText } from '../../scenario/schema/scenario-text.ts'
import { pathText } from '../../units/path.ts'

/** A scenario that is still worked on, and what is said about its values. */
export interface Sketch {
  scenario: ScenarioText
  notes: readonly Note[]
  /** Values that were estimated, with the reason. */
  assumed: readonly Note[]
  readonly sources: Map<string, string>
  /** The last word on each subject. */
  readonly remarks: Map<string, string>
}

/** In place of what was said of the value before. */
export function say(sketch: Sketch, path: Note['path'], text: string): void {
  forget(sketch, path)
  sketch.sources.set(pathText(path), text)
  sketch.notes = [...sketch.notes, { path, text }]
}

/** As {@link say}, of a value that is estimated. */
export function suppose(sketch: Sketch, path: Note['path'], text: string): void {
  say(sketch, path, text)
  sketch.assumed = [...sketch.assumed, { path, text }]
}

/** Nothing more is said of the value. */
export function forget(sketch: Sketch, path: Note['path']): void {
  const place = pathText(path)
  const isOther = (note: Note): boolean => pathText(note.path) !== place
  sketch.sources.delete(place)
  sketch.notes = sketch.notes.filter(isOther)
  sketch.assumed = sketch.assumed.filter(isOther)
}
