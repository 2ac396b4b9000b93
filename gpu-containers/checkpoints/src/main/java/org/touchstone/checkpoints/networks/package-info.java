/** The networks, one per page, laid out as their papers and published code describe them. */
package org.touchstone.checkpoints.networks;
