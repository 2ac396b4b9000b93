/** Videos on Dailymotion, which yt-dlp reads. */
package org.touchstone.resolver.platform.dailymotion;
