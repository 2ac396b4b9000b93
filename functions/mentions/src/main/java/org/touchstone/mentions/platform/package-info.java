/**
 * The port to social networks: everything that the bot needs of a platform. The core knows no
 * platform by name; an adapter lies in a package of its own and implements {@link
 * org.touchstone.mentions.platform.PlatformFactory}.
 */
package org.touchstone.mentions.platform;
