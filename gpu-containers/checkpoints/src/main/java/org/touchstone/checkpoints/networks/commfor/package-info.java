/** Community Forensics: a small vision transformer that learned from thousands of generators. */
package org.touchstone.checkpoints.networks.commfor;
