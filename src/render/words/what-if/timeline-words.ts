import type {
  Consequence,
  TimelineAction,
  TimelineStep,
} from '../../../plan/result/timeline/timeline-result.ts'
import { formatBytes, formatCount } from '../../../units/format.ts'
import { processCount, quoted } from '../../text/amounts.ts'
import type { Ink } from '../../text/ink.ts'
import { named } from '../../text/ink.ts'

/** What a step does and leads to, in sentences. */
export function stepText({ actions, consequences }: TimelineStep, ink: Ink): string {
  const name = (text: string | undefined): string => quoted(named(text ?? '', ink))
  const done = actions.map((action) => actionWords[action.kind](action, name))
  const led = consequences.map((one) => consequenceText(one, name))
  return [...(done.length === 0 ? [] : [`${done.join('; ')}.`]), ...led].join(' ')
}

/** What a step is called: its name, or its number. */
export function stepLabel({ step, name }: Pick<TimelineStep, 'step' | 'name'>, ink: Ink): string {
  if (step === 0) return '0, before the first step'
  return name === undefined ? `${step}` : `${step}, ${named(name, ink)}`
}

type Namer = (name: string | undefined) => string
type ActionWords = (action: TimelineAction, name: Namer) => string

const actionWords: Readonly<Record<TimelineAction['kind'], ActionWords>> = {
  start: ({ processes, group }, name) =>
    `${of(processes)} of ${name(group)} ${verb(processes, 'start')}`,
  stop: ({ processes, group }, name) =>
    `${of(processes)} of ${name(group)} ${verb(processes, 'end')}`,
  crash: ({ processes, group }, name) =>
    `${of(processes)} of ${name(group)} ${verb(processes, 'crash')}`,
  fork: ({ processes, group, into }, name) =>
    `${name(group)} forks ${of(processes)} of ${name(into)}`,
  touch: ({ group, region }, name) => `${name(group)} touch ${name(region)}`,
  unmap: ({ group, region }, name) => `${name(group)} unmap ${name(region)}`,
  dontneed: ({ group, region }, name) => `${name(group)} discard ${name(region)} (MADV_DONTNEED)`,
  create: ({ region }, name) => `${name(region)} is created`,
  attach: ({ region, group }, name) =>
    group === undefined ? `all map ${name(region)}` : `${name(group)} map ${name(region)}`,
  unlink: ({ region }, name) => `${name(region)} is unlinked`,
  close: ({ region }, name) => `the owner of ${name(region)} closes it`,
  pool: ({ pageBytes = 0, pages = 0 }) =>
    `the pool of ${formatBytes(pageBytes, 0)} pages is set to ${formatCount(pages)}`,
  set: ({ path, value }, name) => `${name(path)} is set to ${name(value)}`,
}

function of(processes = 0): string {
  return processCount(processes)
}

function verb(processes = 0, word: string): string {
  if (processes !== 1) return word
  return word === 'crash' ? 'crashes' : `${word}s`
}

function consequenceText(one: Consequence, name: Namer): string {
  switch (one.kind) {
    case 'region-lost': {
      const why = `Its owner ${one.because === 'owner-ended' ? 'ended' : 'closed it'}`
      if (one.processes === 0) return `${why}: ${name(one.region)} is gone.`
      return `${why}: ${name(one.region)} is unmapped for all (${processCount(one.processes)}), and their next access is a SIGSEGV.`
    }
    case 'region-gone':
      return `No process maps ${name(one.region)} any more: its memory is free.`
    case 'region-kept':
      return `${processCount(one.processes)} still ${one.processes === 1 ? 'maps' : 'map'} ${name(one.region)}: memory and page tables stay.`
    case 'without-region':
      return `They start without ${name(one.region)}, which does not exist then.`
    case 'pool-in-use':
      return `The pool keeps ${formatCount(one.pages)} pages, which are in use.`
    case 'on-base-pages':
      return `${name(one.region)} stays on base pages until all its processes have ended.`
  }
}
