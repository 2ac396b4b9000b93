/** AASIST, which tells synthetic speech from real speech by a graph of frequencies and times. */
package org.touchstone.checkpoints.networks.aasist;
