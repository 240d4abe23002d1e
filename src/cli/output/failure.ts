import type { Issue } from '../../scenario/yaml/issue.ts'
import type { Status } from './status.ts'

/** Why something was not answered: a sentence, or what is wrong in a scenario, place by place. */
export type Failure =
  | { readonly status: Status; readonly text: string }
  | { readonly status: Status; readonly issues: readonly Issue[] }
