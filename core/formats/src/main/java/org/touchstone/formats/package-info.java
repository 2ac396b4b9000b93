/** What a file is, told from its first bytes alone: names and content types are claims. */
package org.touchstone.formats;
