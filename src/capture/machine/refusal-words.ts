import type { TreeReason, TreeRefusal } from '../files/tree.ts'

const words: Readonly<Record<TreeReason, string>> = {
  missing: 'is not there',
  denied: 'permission denied',
  link: 'is a link, and links are not followed',
  'hard-link': 'is a hard link to another file of the archive, and links are not followed',
  special: 'is no regular file',
  gone: 'has gone',
  'cut-off': 'is cut off: it has no entries for some of the mappings',
  failed: 'could not be read',
}

/** A refusal as a sentence. */
export function refusalSentence({ path, reason, detail }: TreeRefusal): string {
  return `/${path} ${words[reason]}${detail === undefined ? '' : ` (${detail})`}`
}
