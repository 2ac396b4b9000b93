/** The port to services that analyse media, and two implementations. */
package org.touchstone.mentions.analysis;
