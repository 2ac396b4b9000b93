/** FTCN: a network that sees how the pixels of a face change. */
package org.touchstone.checkpoints.networks.ftcn;
