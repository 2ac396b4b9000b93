/** The registry of platforms. */
package org.touchstone.mentions.platforms;
