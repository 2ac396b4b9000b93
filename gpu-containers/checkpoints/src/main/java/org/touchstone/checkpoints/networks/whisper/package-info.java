/** Whisper: speech to text, by an encoder and a decoder. */
package org.touchstone.checkpoints.networks.whisper;
