import type { Result } from '../../plan/result/result.ts'
import { labelOf } from '../../render/sections/strategy.ts'
import type { PlainData } from '../../scenario/yaml/plain-data.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import type { Field, Selection } from './fields.ts'
import { fieldsOf, pageChoices } from './fields.ts'

/** What the reader may change, with the values as they are now. */
export function controlsPart(
  data: PlainData,
  workload: Workload,
  result: Result,
  selection: Selection,
  strategy: string,
): readonly Markup[] {
  const region = workload.regions.find(({ name }) => name === selection.region)
  const group = workload.groups.find(({ name }) => name === selection.group)
  const mappings =
    group?.maps.map(({ region: name }, index) => [String(index), name] as const) ?? []
  const fields = fieldsOf(data, workload, selection)
  const only = (...ids: readonly string[]): readonly Markup[] =>
    fields.filter(({ id }) => ids.includes(id)).map(field)
  return [
    el('h2', {}, 'Try other values'),
    el(
      'p',
      { class: 'note' },
      'Everything is planned anew in this page, by the same model. Nothing is sent anywhere.',
    ),
    el(
      'div',
      { class: 'fields' },
      ...choice(
        'group',
        'Group',
        workload.groups.map(({ name }) => [name, name]),
        selection.group,
      ),
      ...only('processes'),
      ...choice('mapping', 'Mapping', mappings, String(selection.mapping)),
      ...only('touched'),
      ...choice(
        'region',
        'Region',
        workload.regions.map(({ name }) => [name, name]),
        selection.region,
      ),
      ...only('size'),
      ...(region === undefined ? [] : [pages(region, workload)]),
      ...only('pool', 'memory'),
      select(
        'strategy',
        'Strategy in the pictures',
        result.strategies.filter(({ applies }) => applies).map((one) => [one.id, labelOf(one)]),
        strategy,
      ),
    ),
    el('p', { id: 'fault', class: 'fault', role: 'alert' }),
    el('button', { type: 'button', id: 'plan-all', hidden: true }, 'Plan everything anew'),
    el('button', { type: 'button', id: 'reset' }, 'Back to the scenario as it was'),
  ]
}

function field({ id, label, path, kind, value, least, most, unit, text }: Field): Tagged {
  return el(
    'div',
    { class: 'field' },
    el('label', { for: `text-${id}` }, label),
    el('input', {
      type: 'range',
      id: `range-${id}`,
      'aria-label': unit === '' ? label : `${label}, in ${unit}`,
      min: least,
      max: Math.max(most, value),
      step: 1,
      value,
      'aria-valuetext': text,
      'aria-describedby': 'fault',
      'data-path': path,
      'data-kind': kind,
      'data-unit': unit,
    }),
    el('input', {
      type: 'text',
      id: `text-${id}`,
      value: text,
      'data-path': path,
      'data-kind': kind,
      'aria-describedby': 'fault',
      autocomplete: 'off',
    }),
  )
}

/** A list to choose from, where there is more than one. */
function choice(
  id: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  now: string,
): readonly Tagged[] {
  return options.length < 2 ? [] : [select(id, label, options, now)]
}

function select(
  id: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  now: string,
): Tagged {
  return el(
    'div',
    { class: 'field' },
    el('label', { for: `choose-${id}` }, label),
    el(
      'select',
      { id: `choose-${id}`, 'data-choose': id },
      ...options.map(([value, text]) => el('option', { value, selected: value === now }, text)),
    ),
  )
}

function pages(region: Workload['regions'][number], workload: Workload): Tagged {
  const choices = pageChoices(region, workload)
  return select(
    'pages',
    'Pages of the region',
    choices.map(({ pageSize, text }) => [pageSize, text]),
    choices.find(({ isNow }) => isNow)?.pageSize ?? '',
  )
}
