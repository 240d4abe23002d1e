import { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, MappingText } from '../../scenario/schema/scenario-text.ts'
import type { Path } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { parseSize } from '../../units/size.ts'
import type { Template, TemplateName } from './template.ts'
import { templates } from './templates.ts'

/** What the user knows of the server; the template has examples of the rest. Sizes are as typed. */
export interface Figures {
  readonly memory?: string
  readonly shared?: string
  /** Processes, or threads where the template has one process. */
  readonly processes?: number
  readonly private?: string
  readonly swap?: string
  readonly touched?: string
  readonly title?: string
}

/** The figures that every server has. */
export const mainFigures = ['memory', 'shared', 'processes'] as const
export type MainFigure = (typeof mainFigures)[number]

/** The main figures as a scenario would have them, also where they are examples. */
export interface Example {
  readonly memory: string
  readonly shared: string
  readonly processes: number
}

/** What a template takes for the figures that are missing. Shared memory is a part of the memory. */
export function exampleFor(name: TemplateName, { memory, shared, processes }: Figures): Example {
  const { example } = templates[name]
  const whole = spaced(memory ?? example.memory)
  return {
    memory: whole,
    shared: spaced(shared ?? partOf(whole, example) ?? partOf(example.memory, example) ?? whole),
    processes: processes ?? example.clients,
  }
}

/**
 * A commented scenario of a template. Nothing in it was measured, and it says so: a number that the
 * user did not give is an example, and is listed under `assumed`, so that every plan says it again.
 * The place of a figure on the command line is known by the name of its option, `--memory`.
 */
export function draftScenario(name: TemplateName, figures: Figures): AnnotatedScenario {
  const template = templates[name]
  const example = exampleFor(name, figures)
  const { region, group } = template
  const annotated = new AnnotatedScenario({
    version: 1,
    name: figures.title ?? titleOf(template, example, figures),
    host: {
      memory: example.memory,
      ...(figures.swap === undefined ? {} : { swap: spaced(figures.swap) }),
    },
    regions: { [region.name]: { size: example.shared, ...region.values } },
    groups: { [group.name]: groupOf(template, example, figures) },
  })
  annotated.headerComment = header(template)
  annotated.comment(['version'], 'of this file format')
  annotated.comment(['name'], 'title')
  describeHost(annotated, figures)
  describeRegion(annotated, template, figures)
  describeGroup(annotated, template, figures)
  if (annotated.assumed.length > 0) {
    annotated.comment(['assumed'], 'remove the line of a value when you replace it')
  }
  return annotated
}

function titleOf(template: Template, { shared, processes }: Example, figures: Figures): string {
  const title = template.title(shared, String(processes))
  const isExample = mainFigures.some((figure) => figures[figure] === undefined)
  return isExample ? `${title} (example)` : title
}

function header({ opening }: Template): readonly string[] {
  return [
    opening,
    'Written by mshare-plan init: nothing here was measured.',
    'Lines such as # kernel: "6.8" are keys to consider; remove the # to use one.',
    'To plan it: npx mshare-plan FILE',
  ]
}

function groupOf(
  { region, group, example: { privateMegabytes } }: Template,
  { processes }: Example,
  { private: own, touched }: Figures,
): GroupText {
  const mapping: MappingText = {
    region: region.name,
    ...(touched === undefined ? {} : { touched }),
  }
  const clients = group.isThreaded ? processes : 1
  return {
    ...(group.isThreaded ? { processes: 1, threads: processes } : { processes }),
    private: own === undefined ? `${privateMegabytes * clients} MB` : spaced(own),
    maps: [mapping],
  }
}

function describeHost(annotated: AnnotatedScenario, figures: Figures): void {
  const path = ['host', 'memory']
  describe(annotated, path, 'MemTotal in /proc/meminfo', figures.memory, '--memory')
  if (figures.swap === undefined)
    annotated.offer(['host'], 'swap: 16 GB # SwapTotal; default: none')
  else describe(annotated, ['host', 'swap'], 'SwapTotal in /proc/meminfo', figures.swap, '--swap')
  annotated.offer(['host'], 'reserve: 4 GB # for the system and other programs')
  annotated.offer(['host'], 'kernel: "6.8" # uname -r; default: 6.18')
  annotated.offer(['host'], 'layout: arm64-4k-48 # default: x86-64; all: mshare-plan layouts')
  annotated.offer(['host'], 'hugepages: { 2 MiB: 1024 } # vm.nr_hugepages; default: none')
}

function describeRegion(annotated: AnnotatedScenario, template: Template, figures: Figures): void {
  const { name, notes } = template.region
  const path = ['regions', name]
  const { size = '', ...others } = notes
  const { text } = template.example.share
  describe(annotated, [...path, 'size'], size, figures.shared, '--shared', `example, ${text}`)
  annotated.decidedBy(['groups', template.group.name, 'maps'], typed(figures.shared, '--shared'))
  for (const [key, text] of Object.entries(others)) annotated.comment([...path, key], text)
  for (const line of template.offers.region ?? []) annotated.offer(path, line)
}

function describeGroup(annotated: AnnotatedScenario, template: Template, figures: Figures): void {
  const { name, notes, isThreaded } = template.group
  const path = ['groups', name]
  const count = figures.processes === undefined ? undefined : String(figures.processes)
  if (isThreaded) annotated.comment([...path, 'processes'], notes.processes)
  const clients = isThreaded ? 'threads' : 'processes'
  describe(annotated, [...path, clients], notes[clients] ?? '', count, '--processes')
  annotated.decidedBy(['groups'], typed(count, '--processes'))
  const each = `${template.example.privateMegabytes} MB a thread`
  const example = isThreaded ? `example, ${each}` : 'example'
  describe(annotated, [...path, 'private'], notes.private, figures.private, '--private', example)
  const mapping = [...path, 'maps', 0]
  annotated.comment([...mapping, 'region'], 'all of it')
  if (figures.touched === undefined) {
    annotated.offer(mapping, 'touched: 40% # part that each process ever uses; default: all')
  } else {
    const part = 'part that each process ever uses'
    describe(annotated, [...mapping, 'touched'], part, figures.touched, '--touched')
  }
  for (const line of template.offers.group ?? []) annotated.offer(path, line)
}

/** A number with its meaning: typed by the user, or an example. */
function describe(
  annotated: AnnotatedScenario,
  path: Path,
  note: string,
  text: string | undefined,
  option: string,
  example = 'example',
): void {
  annotated.comment(path, text === undefined ? `${example}: ${note}` : note)
  annotated.decidedBy(path, typed(text, option))
  if (text === undefined) annotated.assume(path, 'example of mshare-plan init')
}

function typed(text: string | undefined, option: string) {
  return text === undefined ? undefined : { source: { file: option, text }, offset: 0 }
}

/** `512GB` as `512 GB`; any other text as it is. */
function spaced(size: string): string {
  return size.trim().replace(/^([\d.]+)\s*([a-z]+)$/i, '$1 $2')
}

const megabyte = 2 ** 20

/** A part of the memory, in whole gigabytes if there are enough of them; `undefined` if that is no size. */
function partOf(memory: string, { share }: Template['example']): string | undefined {
  const reading = parseSize(memory, bytes(4096))
  if (!reading.ok) return undefined
  const [parts, wholes] = share.of
  const megabytes = Math.floor((reading.bytes / megabyte / wholes) * parts)
  if (megabytes < 8 * 1024) return `${Math.max(1, megabytes)} MB`
  const gigabytes = Math.floor(megabytes / 1024)
  return gigabytes % 1024 === 0 ? `${gigabytes / 1024} TB` : `${gigabytes} GB`
}
