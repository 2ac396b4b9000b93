/** Format detection from a file's bytes: names and content types are only claims. */
package org.touchstone.formats;
