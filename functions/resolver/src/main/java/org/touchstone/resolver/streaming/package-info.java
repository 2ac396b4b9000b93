/**
 * Streaming manifests, which name a medium's parts: HLS playlists (RFC 8216) and MPEG-DASH media
 * presentation descriptions (ISO/IEC 23009-1), for complete recordings without encryption. Nothing
 * in a manifest is trusted: its size, the number of parts and the stated length and bit rate are
 * bounded, and every address follows the fetcher's rules.
 */
package org.touchstone.resolver.streaming;
