// A page that promises something.

/** What it promises, word for word, and the tests that try to break it, as file and title. */
export interface Page {
  path: string
  promises: { [sentence: string]: readonly (readonly [file: string, title: string])[] }
}
