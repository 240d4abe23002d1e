import type { Existence } from './existence.ts'
import { since } from './existence.ts'

/** A parameter that is a word. */
export interface WordParameter extends Existence<string> {
  readonly words: readonly string[]
  /** A boolean takes beginnings of words as well; an enum none, and some take the words for on and off. */
  readonly kind: 'boolean' | 'enum' | 'enum-with-boolean'
}

const boolean: Pick<WordParameter, 'words' | 'kind' | 'without'> = {
  words: ['on', 'off'],
  kind: 'boolean',
  without: 'off',
}

export const wordParameters: Readonly<Record<WordName, WordParameter>> = {
  huge_pages: {
    words: ['off', 'on', 'try'],
    kind: 'enum-with-boolean',
    defaults: since(9.4, 'try'),
    without: 'off',
  },
  // A SysV segment, until 9.3 mapped its memory (release notes of 9.3, "Allow … mmap").
  shared_memory_type: {
    words: ['mmap', 'sysv'],
    kind: 'enum',
    defaults: since(12, 'mmap'),
    without: since(0, 'sysv', 9.3, 'mmap'),
  },
  archive_mode: {
    words: ['always', 'on', 'off'],
    kind: 'enum-with-boolean',
    defaults: since(8.3, 'off'),
    without: 'off',
  },
  io_method: {
    words: ['worker', 'io_uring', 'sync'],
    kind: 'enum',
    defaults: since(18, 'worker'),
    without: 'sync',
  },
  hot_standby: {
    ...boolean,
    defaults: since(9, 'off', 10, 'on'),
  },
  autovacuum: {
    ...boolean,
    defaults: since(8.1, 'off', 8.3, 'on'),
  },
  summarize_wal: { ...boolean, defaults: since(17, 'off') },
}

export type WordName =
  | 'huge_pages'
  | 'shared_memory_type'
  | 'archive_mode'
  | 'io_method'
  | 'hot_standby'
  | 'autovacuum'
  | 'summarize_wal'
