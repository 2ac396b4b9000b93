/**
 * The API as tools for language models, over the Model Context Protocol on standard input and
 * output. Text of strangers is kept apart from what Touchstone itself says.
 */
package org.touchstone.mcp;
