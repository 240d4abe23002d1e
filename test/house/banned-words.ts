/** Forms that a native speaker would not write, and what to write instead (docs: CONTRIBUTING.md). */
const banned: readonly (readonly [form: RegExp, instead: string])[] = [
  [/\bstands? (?!for\b|in for\b)/i, 'is, exists, is written'],
  [/\b(?:is|are|there's) none\b/i, 'is missing'],
  [/\b(?:is|are|was|were) there\b[^?]*$/i, 'exists'],
  [/\bnobody\b/i, 'no program, no group: name who'],
  [/\bso many\b/i, 'N, that number of'],
  [/\bleft out\b/i, 'is ignored, is missing'],
  [/\bsupposed\b/i, 'assumed'],
  [/\ball the same\b/i, 'still'],
  [/\bbesides?\b/i, 'with, next to, in addition to'],
  [/\bwins?\b/i, 'saves'],
  [/\b(?:not )?to be had\b/i, 'is not possible'],
  [/^(?:[-|] )?(?:What (?!to do\b)|Whose |Of )[^?]*$/, 'a subject: name it'],
]

/** What is wrong with a text, each with the words to write instead. */
export function faultsOf(text: string): readonly string[] {
  return sentencesOf(text).flatMap((sentence) =>
    banned.flatMap(([form, instead]) =>
      form.test(sentence) ? [`${instead}, not: ${sentence}`] : [],
    ),
  )
}

/** Sentences that a reader cannot keep in mind: list three conditions or more, or make two sentences. */
export function longSentencesOf(text: string): readonly string[] {
  return text
    .split(/\n {2}/)
    .flatMap(sentencesOf)
    .filter((sentence) => wordsIn(sentence) > mostWords)
}

const mostWords = 25

function wordsIn(sentence: string): number {
  return sentence.split(' ').filter((word) => /[a-z0-9…]/i.test(word)).length
}

/** Sentences of a page in Markdown or of one text; headings, code and quotations are not ours to judge. */
function sentencesOf(text: string): readonly string[] {
  return text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .split(/\n{2,}|\n(?=[-|] | {2})/)
    .filter((paragraph) => !/^#{2,} /.test(paragraph))
    .flatMap((paragraph) =>
      paragraph
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/`[^`]*`/g, '`…`')
        .split(/(?<=[.:;!?]) /),
    )
    .map((sentence) => sentence.trim())
}
