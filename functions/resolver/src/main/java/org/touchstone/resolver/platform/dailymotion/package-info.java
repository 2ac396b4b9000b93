/** Videos on Dailymotion, read by yt-dlp. */
package org.touchstone.resolver.platform.dailymotion;
