import type { NumberName } from './number-parameters.ts'
import { numberParameters } from './number-parameters.ts'
import type { WordName } from './word-parameters.ts'
import { wordParameters } from './word-parameters.ts'

/** Parameters that are text. */
export const textParameters = ['data_directory', 'shared_preload_libraries'] as const

export type TextName = (typeof textParameters)[number]

export type ParameterName = NumberName | WordName | TextName

/** All that is looked at, in the order above. */
export const parameterNames: readonly ParameterName[] = [
  ...(Object.keys(numberParameters) as NumberName[]),
  ...(Object.keys(wordParameters) as WordName[]),
  ...textParameters,
]

export function isNumberName(name: string): name is NumberName {
  return Object.hasOwn(numberParameters, name)
}

export function isWordName(name: string): name is WordName {
  return Object.hasOwn(wordParameters, name)
}
