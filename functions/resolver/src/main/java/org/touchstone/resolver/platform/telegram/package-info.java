/** Posts of public channels on Telegram, from the widget for embedding. */
package org.touchstone.resolver.platform.telegram;
