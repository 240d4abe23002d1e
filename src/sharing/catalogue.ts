import type { Layout } from '../geometry/layout.ts'
import { describedSharing } from './as-described.ts'
import { basePages } from './base-pages.ts'
import { mshare } from './mshare.ts'
import type { Strategy } from './strategy.ts'
import { threads } from './threads.ts'

/** A strategy by its public id. */
export interface NamedStrategy {
  readonly id: string
  /** `proposed` where it always needs mshare. */
  readonly status: 'mainline' | 'proposed'
  readonly arrange: Strategy
}

/** All strategies that a layout has, in the order of comparison. */
export function strategiesOf(_layout: Layout): readonly NamedStrategy[] {
  return [
    { id: 'as-described', status: 'mainline', arrange: describedSharing },
    { id: 'base-pages', status: 'mainline', arrange: basePages },
    { id: 'threads', status: 'mainline', arrange: threads },
    { id: 'mshare', status: 'proposed', arrange: mshare },
  ]
}
