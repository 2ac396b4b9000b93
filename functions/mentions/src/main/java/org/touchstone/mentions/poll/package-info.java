/** Reads mentions from a platform and records them. */
package org.touchstone.mentions.poll;
