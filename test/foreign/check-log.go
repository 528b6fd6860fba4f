// check-log holds a published log against golang.org/x/mod/sumdb (note and tlog), the packages that check Go's own checksum
// database: nothing of this project's code takes part. Each folder has the layout of C2SP tlog-tiles, with every older checkpoint
// under checkpoints/, and, where there are any, proofs/<index> and consistency/<from>-<to>.
//
//	check-log -key VKEY [-key VKEY] [-witness VKEY] FOLDER...
//
// Prints a line for each folder: "whole", or "refused" and why. Ends with 1 where one was refused.
package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type texts []string

func (t *texts) String() string     { return strings.Join(*t, " ") }
func (t *texts) Set(s string) error { *t = append(*t, s); return nil }

// A log is what one folder says, and what follows from its entries alone.
type log struct {
	folder    string
	keys      note.Verifiers
	witnesses []note.Verifier
	tree      tlog.Tree
	leaves    []tlog.Hash
	stored    []tlog.Hash
}

func main() {
	var keys, witnesses texts
	flag.Var(&keys, "key", "a key of the log")
	flag.Var(&witnesses, "witness", "the key of a witness that must have signed the checkpoint")
	flag.Parse()
	refused := false
	for _, folder := range flag.Args() {
		if err := check(folder, keys, witnesses); err != nil {
			refused = true
			fmt.Printf("%s refused: %v\n", filepath.Base(folder), err)
		} else {
			fmt.Printf("%s whole\n", filepath.Base(folder))
		}
	}
	if refused || flag.NArg() == 0 {
		os.Exit(1)
	}
}

func check(folder string, keys, witnesses texts) error {
	l := &log{folder: folder}
	var verifiers []note.Verifier
	for _, key := range keys {
		v, err := note.NewVerifier(key)
		if err != nil {
			return fmt.Errorf("key: %v", err)
		}
		verifiers = append(verifiers, v)
	}
	l.keys = note.VerifierList(verifiers...)
	for _, key := range witnesses {
		w, err := newWitness(key)
		if err != nil {
			return fmt.Errorf("witness: %v", err)
		}
		l.witnesses = append(l.witnesses, w)
	}
	steps := []struct {
		name string
		step func() error
	}{
		{"checkpoint", l.openCheckpoint},
		{"entries", l.rebuild},
		{"tiles", l.compareTiles},
		{"record proofs from tiles", l.proveRecords},
		{"older checkpoints", l.checkOlder},
		{"proofs", l.checkProofs},
		{"consistency", l.checkConsistency},
	}
	for _, s := range steps {
		if err := s.step(); err != nil {
			return fmt.Errorf("%s: %v", s.name, err)
		}
	}
	return nil
}

func (l *log) openCheckpoint() error {
	data, err := os.ReadFile(filepath.Join(l.folder, "checkpoint"))
	if err != nil {
		return err
	}
	if l.tree, err = open(data, l.keys); err != nil {
		return err
	}
	for _, w := range l.witnesses {
		if _, err := open(data, note.VerifierList(w)); err != nil {
			return fmt.Errorf("%s: %v", w.Name(), err)
		}
	}
	return nil
}

// rebuild makes the whole tree anew from the entries and compares its root with the signed one.
func (l *log) rebuild() error {
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			found[i] = l.stored[x]
		}
		return found, nil
	})
	for n := int64(0); n<<height < l.tree.N; n++ {
		width := l.tree.N - n<<height
		if width > 1<<height {
			width = 1 << height
		}
		entries, err := readBundle(filepath.Join(l.folder, c2spPath("entries", n, int(width))), int(width))
		if err != nil {
			return err
		}
		for _, entry := range entries {
			hashes, err := tlog.StoredHashes(int64(len(l.leaves)), entry, reader)
			if err != nil {
				return err
			}
			l.leaves = append(l.leaves, tlog.RecordHash(entry))
			l.stored = append(l.stored, hashes...)
		}
	}
	root, err := tlog.TreeHash(l.tree.N, reader)
	if err != nil {
		return err
	}
	if root != l.tree.Hash {
		return errors.New("they make another root than the signed one")
	}
	return nil
}

func (l *log) compareTiles() error {
	for _, tile := range allTiles(l.tree.N) {
		want, err := tlog.ReadTileData(tile, tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
			found := make([]tlog.Hash, len(indexes))
			for i, x := range indexes {
				found[i] = l.stored[x]
			}
			return found, nil
		}))
		if err != nil {
			return err
		}
		have, err := l.readTile(tile)
		if err != nil {
			return err
		}
		if !bytes.Equal(have, want) {
			return fmt.Errorf("%s holds other hashes than its entries make", tilePath(tile))
		}
	}
	return nil
}

// proveRecords lets the Go packages prove entries from our tiles alone, as a client that fetches tiles would.
func (l *log) proveRecords() error {
	reader := tlog.TileHashReader(l.tree, tileReader{l})
	for n := int64(0); n < l.tree.N; n += l.tree.N/20 + 1 {
		proof, err := tlog.ProveRecord(l.tree.N, n, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, l.tree.N, l.tree.Hash, n, l.leaves[n]); err != nil {
			return fmt.Errorf("record %d: %v", n, err)
		}
	}
	return nil
}

func (l *log) checkOlder() error {
	return l.each("checkpoints", func(name string, data []byte) error {
		older, err := open(data, l.keys)
		if err != nil {
			return err
		}
		if strconv.FormatInt(older.N, 10) != name || older.N > l.tree.N {
			return errors.New("not of that size")
		}
		if older.N == 0 {
			return nil
		}
		proof, err := tlog.ProveTree(l.tree.N, older.N, tlog.TileHashReader(l.tree, tileReader{l}))
		if err != nil {
			return err
		}
		return tlog.CheckTree(proof, l.tree.N, l.tree.Hash, older.N, older.Hash)
	})
}

// checkProofs checks the proofs that the log itself made (C2SP tlog-proof), each against the checkpoint inside it.
func (l *log) checkProofs() error {
	return l.each("proofs", func(name string, data []byte) error {
		head, checkpoint, found := strings.Cut(string(data), "\n\n")
		lines := strings.Split(head, "\n")
		if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != "index "+name {
			return errors.New("not a proof of that entry")
		}
		index, err := strconv.ParseInt(name, 10, 64)
		if err != nil {
			return err
		}
		tree, err := open([]byte(checkpoint), l.keys)
		if err != nil {
			return err
		}
		proof, err := parseHashes(lines[2:])
		if err != nil {
			return err
		}
		if index >= int64(len(l.leaves)) {
			return errors.New("no such entry")
		}
		return tlog.CheckRecord(tlog.RecordProof(proof), tree.N, tree.Hash, index, l.leaves[index])
	})
}

// checkConsistency checks the proofs that the log itself made between two of its checkpoints.
func (l *log) checkConsistency() error {
	return l.each("consistency", func(name string, data []byte) error {
		from, to, _ := strings.Cut(name, "-")
		var trees []tlog.Tree
		for _, size := range []string{from, to} {
			data, err := os.ReadFile(filepath.Join(l.folder, "checkpoints", size))
			if err != nil {
				return err
			}
			tree, err := open(data, l.keys)
			if err != nil {
				return err
			}
			trees = append(trees, tree)
		}
		proof, err := parseHashes(strings.Split(strings.TrimSuffix(string(data), "\n"), "\n"))
		if err != nil {
			return err
		}
		return tlog.CheckTree(tlog.TreeProof(proof), trees[1].N, trees[1].Hash, trees[0].N, trees[0].Hash)
	})
}

// each reads every file of a folder that may be absent.
func (l *log) each(folder string, check func(name string, data []byte) error) error {
	files, err := os.ReadDir(filepath.Join(l.folder, folder))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join(l.folder, folder, file.Name()))
		if err != nil {
			return err
		}
		if err := check(file.Name(), data); err != nil {
			return fmt.Errorf("%s: %v", file.Name(), err)
		}
	}
	return nil
}

// open reads a checkpoint (C2SP tlog-checkpoint). The origin is the name of the key that signed it.
func open(data []byte, keys note.Verifiers) (tlog.Tree, error) {
	n, err := note.Open(data, keys)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return tlog.Tree{}, errors.New("not a checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, errors.New("not a size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		if line == "" && len(lines) == 1 {
			break
		}
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func readBundle(path string, width int) ([][]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("a bundle is cut short")
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	if len(entries) != width {
		return nil, fmt.Errorf("a bundle has %d entries, not %d", len(entries), width)
	}
	return entries, nil
}

// allTiles names every tile of a tree, the last ones of each level with the width they have at that size.
func allTiles(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for level := 0; size>>(level*height) > 0; level++ {
		count := size >> (level * height)
		for n := int64(0); n<<height < count; n++ {
			width := count - n<<height
			if width > 1<<height {
				width = 1 << height
			}
			tiles = append(tiles, tlog.Tile{H: height, L: level, N: n, W: int(width)})
		}
	}
	return tiles
}

// tilePath is the path of C2SP: Go's without the height.
func tilePath(t tlog.Tile) string {
	return strings.Replace(t.Path(), fmt.Sprintf("tile/%d/", t.H), "tile/", 1)
}

func c2spPath(kind string, n int64, width int) string {
	return strings.Replace(tilePath(tlog.Tile{H: height, L: 0, N: n, W: width}), "tile/0/", "tile/"+kind+"/", 1)
}

func (l *log) readTile(t tlog.Tile) ([]byte, error) {
	return os.ReadFile(filepath.Join(l.folder, filepath.FromSlash(tilePath(t))))
}

type tileReader struct{ log *log }

func (r tileReader) Height() int { return height }

func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, t := range tiles {
		data, err := r.log.readTile(t)
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (r tileReader) SaveTiles([]tlog.Tile, [][]byte) {}
