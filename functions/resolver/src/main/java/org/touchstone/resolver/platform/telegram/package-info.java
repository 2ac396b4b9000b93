/** Posts of public channels on Telegram, from its embedding widget. */
package org.touchstone.resolver.platform.telegram;
