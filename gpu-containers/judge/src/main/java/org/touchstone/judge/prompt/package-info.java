/**
 * Prompts: versioned data files, and what becomes of them and a transcript. A transcript is data:
 * it can leave neither its quotes nor its delimiters, and its instructions are evidence.
 */
package org.touchstone.judge.prompt;
