/** Videos on Rumble, from its player's data. */
package org.touchstone.resolver.platform.rumble;
