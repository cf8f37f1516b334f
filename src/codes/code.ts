// What is known of a diagnostic code.
export interface Code {
  /** a few words, lower case */
  title: string
  /** what it means and what to do, in sentences */
  explain: string
}
