import { isDrawn } from '../../space/random-draw.ts'
import type { TouchSet } from '../../space/touch-set.ts'
import { isNothing, joinExactly, joined, partOf } from '../../space/touched/touched-parts.ts'
import type { EarlierTouch } from '../../workload/region.ts'
import type { Held } from './held.ts'
import type { State } from './state.ts'
import { withMemory } from './state.ts'

/** A part of a mapping that processes have no more, in pages from its start. */
export interface Left {
  readonly held: Held
  readonly from: number
  readonly to: number
  readonly processes: number
}

/** Shared memory stays where it is when a process that touched it is gone: it is that of the object. */
export function leaving(state: State, { held, from, to, processes }: Left): State {
  const { region: name, offset, length } = held.mapping
  const content = partOf(held.content, from, to, length)
  if (held.backing.isOwn || isNothing(content) || processes === 0) return state
  const touch: EarlierTouch = {
    offset: offset + from,
    length: to - from,
    touched: content,
    draws: processes,
  }
  const memory = state.memory.get(name)
  if (memory?.generation === held.generation) {
    return withMemory(state, name, { ...memory, earlier: withTouch(memory.earlier, touch) })
  }
  const unnamed = (state.unnamed.get(name) ?? []).map((one) =>
    one.generation === held.generation ? { ...one, earlier: withTouch(one.earlier, touch) } : one,
  )
  return { ...state, unnamed: new Map([...state.unnamed, [name, unnamed]]) }
}

/** Equal draws of several processes are one touch by all of them; what is certain is touched once. */
function withTouch(earlier: readonly EarlierTouch[], touch: EarlierTouch): readonly EarlierTouch[] {
  const at = earlier.findIndex(
    (one) =>
      one.offset === touch.offset && one.length === touch.length && isJoinable(one.touched, touch),
  )
  const known = earlier[at]
  if (known === undefined) return [...earlier, touch]
  const { touched, draws } = known
  const both = isDrawn(touched)
    ? { ...known, draws: draws + touch.draws }
    : { ...known, touched: joined(touched, touch.touched, touch.length) }
  return earlier.with(at, both)
}

function isJoinable(one: TouchSet, { touched, length }: EarlierTouch): boolean {
  if (isDrawn(one) || isDrawn(touched)) return JSON.stringify(one) === JSON.stringify(touched)
  return joinExactly(one, touched, length)
}
